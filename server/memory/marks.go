package memory

// Marks are keyed digests of fields, by secret, the newest first: 22 characters
// that are the same for the same kind and fields, and tell nobody without the
// secret what they stand for. Other stores name what they keep by them.
func (r *Keyring) Marks(kind string, fields ...string) []string {
	all := make([]string, len(r.secrets))
	for i, sec := range r.secrets {
		s := sec.namer.scratch.Get().(*scratch)
		s.frame = s.frame[:0].text("mark").text(kind)
		for _, f := range fields {
			s.frame = s.frame.text(f)
		}
		all[i] = string(s.append(make([]byte, 0, 22)))
		sec.namer.scratch.Put(s)
	}
	return all
}
