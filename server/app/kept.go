package app

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/rightvoice/rightvoice/rules/content"
	"github.com/rightvoice/rightvoice/server/recommend"
	"github.com/rightvoice/rightvoice/server/revision"
)

// kept is the version of each tenant that was in force here last, in files of
// its own: a server of a fleet that starts while the store of revisions is away
// answers by them, and says so, instead of knowing emergencies only.
type kept struct {
	dir string // empty: nothing is kept

	mu    sync.Mutex
	stale map[string]revision.Version // by which it answers until the store was reached
}

// lastGood is what one file holds.
type lastGood struct {
	Version revision.Version
	Files   revision.Files
}

// version is the stale version that answers for a tenant.
func (k *kept) version(tenant string) (revision.Version, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	v, ok := k.stale[tenant]
	return v, ok
}

// any reports whether some tenant is answered by a stale version.
func (k *kept) any() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.stale) > 0
}

// answers says that a stale version answers for its tenant.
func (k *kept) answers(v revision.Version) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.stale[v.Tenant] = v
}

// followed says that a tenant is answered by what the store has. It returns the
// version that answered until then.
func (k *kept) followed(tenant string) revision.Version {
	k.mu.Lock()
	defer k.mu.Unlock()
	was := k.stale[tenant]
	delete(k.stale, tenant)
	return was
}

const keptSuffix = ".json"

// save keeps a version for the next start. The file is whole or not there, and
// begins with the digest of the rest.
func (k *kept) save(v revision.Version, rev *content.Revision) error {
	if k.dir == "" {
		return nil
	}
	files, err := revision.ReadFiles(rev.Files)
	if err != nil {
		return err
	}
	data, err := json.Marshal(lastGood{v, files})
	if err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	if err := os.MkdirAll(k.dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(k.dir, "new-*")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "%x\n%s", sum, data)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), filepath.Join(k.dir, v.Tenant+keptSuffix))
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// load reads what is kept, by tenant. One file that is damaged spoils all: a
// tenant without its own content would be answered by that of another.
func (k *kept) load() (map[string]lastGood, error) {
	entries, err := os.ReadDir(k.dir)
	if k.dir == "" || errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	all := map[string]lastGood{}
	for _, e := range entries {
		tenant, ok := strings.CutSuffix(e.Name(), keptSuffix)
		if !ok {
			continue
		}
		good, err := readKept(filepath.Join(k.dir, e.Name()))
		if err == nil && (good.Version.Tenant != tenant || !revision.ValidName(tenant) || good.Files.Digest() != good.Version.Digest) {
			err = errDamaged
		}
		if err != nil {
			return nil, err
		}
		all[tenant] = good
	}
	return all, err
}

var errDamaged = errors.New("a file with the version that was in force last is damaged")

// maxKept bounds one file: the files of a content, written as JSON.
const maxKept = 2 * revision.MaxBytes

func readKept(name string) (good lastGood, err error) {
	f, err := os.Open(name) //nolint:gosec // a file of our own folder
	if err != nil {
		return good, err
	}
	data, err := io.ReadAll(io.LimitReader(f, maxKept))
	if err = errors.Join(err, f.Close()); err != nil {
		return good, err
	}
	head, rest, _ := strings.Cut(string(data), "\n")
	if sum := sha256.Sum256([]byte(rest)); head != hex.EncodeToString(sum[:]) || json.Unmarshal([]byte(rest), &good) != nil {
		return good, errDamaged
	}
	return good, nil
}

// beginKept answers by what was in force here last, until the store of revisions
// is reached. It must still pass as it did: rules have dates, and files can be
// changed. Otherwise nothing is answered by it.
func (a *App) beginKept() error {
	all, err := a.kept.load()
	snaps := map[string]*recommend.Snapshot{}
	for tenant, good := range all {
		var folder fs.FS
		if folder, err = good.Files.FS(); err == nil {
			snaps[tenant], err = compileProved(folder, a.now().UTC())
		}
		if err != nil {
			break
		}
	}
	if err != nil {
		a.loaded[1].Inc()
		a.tel.Log.Error("what was in force here last can't be used", "cause", err.Error())
		return nil // whatever the store has will do
	}
	for tenant, snap := range snaps {
		a.service.Use(tenant, snap)
		a.kept.answers(all[tenant].Version)
		a.published.follower.After(all[tenant].Version)
		a.tel.Log.Warn("answers by the version that was in force here last, until the revisions can be reached",
			"tenant", tenant, "version", all[tenant].Version.Number, "revision", snap.ID())
	}
	return nil
}

// keep has a version at hand for the next start. That it can't be written down
// keeps nobody from being answered.
func (a *App) keep(tenant string, rev *content.Revision, v revision.Version, snap *recommend.Snapshot) {
	if was := a.kept.followed(tenant); was.Number > v.Number {
		a.tel.Log.Error("the revisions were set back, and published again since: an earlier number is in force than before", "tenant", tenant, "version", v.Number, "was", was.Number)
	}
	if err := a.kept.save(v, rev); err != nil {
		a.tel.Log.Warn("the version in force can't be kept for the next start", "tenant", tenant, "revision", snap.ID(), "cause", err.Error())
	}
}
