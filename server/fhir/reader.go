package fhir

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// Reader gathers what several documents say about one member, such as the
// prefetch of a CDS Hooks call. It is not safe for concurrent use.
type Reader struct {
	options Options
	left    int64 // bytes that may still come
	tree    tree
	raw     json.RawMessage // of one entry, reused
	records
}

// NewReader starts a record. It reads nothing yet.
func NewReader(o Options) *Reader {
	if o.MaxBytes == 0 {
		o.MaxBytes = MaxBytes
	}
	return &Reader{options: o, left: o.MaxBytes}
}

// Add reads one document: a Bundle, a resource, an array of resources, or null,
// which says nothing. It stops reading at the limit. An *Error means that the
// document can't be read; what had been read of it must not be used, and so the
// Reader must not either.
func (r *Reader) Add(doc io.Reader) error {
	in := &limited{from: doc, left: &r.left}
	d := &document{r: r, in: in, dec: json.NewDecoder(in), entry: -1}
	if err := d.read(); err != nil {
		return d.failure(err)
	}
	return nil
}

// limited ends a document that is larger than what is left.
type limited struct {
	from io.Reader
	left *int64
	err  error // the reason why it ended early
}

func (l *limited) Read(p []byte) (int, error) {
	// One byte more than is left tells a document that fits from one that does not.
	if int64(len(p)) > *l.left+1 {
		p = p[:*l.left+1]
	}
	n, err := l.from.Read(p)
	if *l.left -= int64(n); *l.left < 0 {
		*l.left, l.err = 0, ErrTooLarge
		return 0, l.err
	}
	if err != nil && err != io.EOF {
		l.err = ErrRead
	}
	return n, err
}

// document is one call of Add.
type document struct {
	r     *Reader
	in    *limited
	dec   *json.Decoder
	entry int
	doc   int // in records.documents
	rest  bytes.Buffer
	keys  map[string]bool
}

func (d *document) failure(err error) error {
	e := &Error{Err: ErrNotJSON, Offset: d.dec.InputOffset(), Entry: d.entry}
	switch {
	case d.in.err != nil:
		e.Err = d.in.err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		e.Err = ErrTruncated
	case errors.Is(err, ErrWrongType), errors.Is(err, ErrDuplicate), errors.Is(err, ErrTooDeep), errors.Is(err, ErrTooLarge), errors.Is(err, ErrNotUTF8):
		e.Err = err
	case strings.Contains(err.Error(), "exceeded max depth"): // encoding/json has no name for it
		e.Err = ErrTooDeep
	}
	return e
}

func (d *document) read() error {
	d.doc = d.r.openDocument()
	t, err := d.dec.Token()
	if err != nil {
		return err
	}
	switch t {
	case nil:
	case json.Delim('['):
		err = d.array(d.resource)
	case json.Delim('{'):
		err = d.object()
	default:
		return ErrWrongType
	}
	if err != nil {
		return err
	}
	d.entry = -1
	if _, err := d.dec.Token(); err != io.EOF {
		return cmp.Or(err, ErrNotJSON)
	}
	return nil
}

// next reads one value. Ids go into answers, which have to be UTF-8.
func (d *document) next() error {
	if err := d.dec.Decode(&d.r.raw); err != nil {
		return err
	}
	if !utf8.Valid(d.r.raw) {
		return ErrNotUTF8
	}
	return nil
}

// array reads the values of an array that has been opened, one at a time.
func (d *document) array(each func(json.RawMessage) error) error {
	for d.entry = 0; d.dec.More(); d.entry++ {
		if err := d.next(); err != nil {
			return err
		}
		if err := each(d.r.raw); err != nil {
			return err
		}
	}
	_, err := d.dec.Token()
	return err
}

// object reads a Bundle or a resource. Names come in any order, so that of the
// type may be the last: all but the entries of a Bundle is kept until then.
func (d *document) object() error {
	d.keys = make(map[string]bool)
	bundle := false
	for d.dec.More() {
		t, err := d.dec.Token()
		if err != nil {
			return err
		}
		name, _ := t.(string)
		if d.keys[strings.ToLower(name)] {
			return ErrDuplicate
		}
		d.keys[strings.ToLower(name)] = true
		if name == "entry" {
			bundle = true
			err = d.entries()
		} else {
			err = d.member(name)
		}
		if err != nil {
			return err
		}
	}
	if _, err := d.dec.Token(); err != nil {
		return err
	}
	d.rest.WriteByte('}')
	return d.close(bundle)
}

func (d *document) member(name string) error {
	if err := d.next(); err != nil {
		return err
	}
	if d.rest.Len() == 0 {
		d.rest.WriteByte('{')
	} else {
		d.rest.WriteByte(',')
	}
	quoted, err := json.Marshal(name)
	d.rest.Write(quoted)
	d.rest.WriteByte(':')
	d.rest.Write(d.r.raw)
	return err
}

func (d *document) entries() error {
	t, err := d.dec.Token()
	if err != nil {
		return err
	}
	if t == nil {
		return nil
	}
	if t != json.Delim('[') {
		return ErrWrongType
	}
	defer func() { d.entry = -1 }()
	return d.array(d.bundleEntry)
}

// close reads what the object is, now that all of it is known.
func (d *document) close(bundle bool) error {
	rest := d.rest.Bytes()
	if rest[0] != '{' {
		return ErrWrongType
	}
	head, err := d.r.tree.cut(rest)
	switch {
	case errors.Is(err, errTwice):
		return ErrDuplicate
	case errors.Is(err, errLarge):
		return ErrTooLarge
	case err != nil:
		return ErrTooDeep
	}
	kind := head.get("resourceType").text()
	switch {
	case kind == "Bundle":
		d.r.closeDocument(d.doc, head)
		return nil
	case bundle || kind == "":
		return ErrWrongType
	case !d.r.take(head, place{doc: d.doc}) && kind != "OperationOutcome":
		return ErrWrongType
	}
	return nil
}

// bundleEntry reads one entry of a Bundle.
func (d *document) bundleEntry(raw json.RawMessage) error {
	v, err := d.r.tree.cut(raw)
	if err != nil {
		d.r.ignore("", "", reasonOf(err))
		return nil
	}
	at := place{doc: d.doc, fullURL: v.get("fullUrl").text()}
	if v.get("request").get("method").is("DELETE") {
		return nil
	}
	if resource := v.get("resource"); resource.present() {
		d.r.take(resource, at)
	}
	return nil
}

// resource reads one of an array of resources.
func (d *document) resource(raw json.RawMessage) error {
	v, err := d.r.tree.cut(raw)
	if err != nil {
		d.r.ignore("", "", reasonOf(err))
		return nil
	}
	d.r.take(v, place{doc: d.doc})
	return nil
}

func reasonOf(err error) Reason {
	switch {
	case errors.Is(err, errDeep):
		return TooDeep
	case errors.Is(err, errLarge):
		return TooLarge
	}
	return DuplicateKey
}
