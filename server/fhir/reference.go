package fhir

import "strings"

// referenceOf is a reference as written, without the version it names.
func referenceOf(v value) string {
	ref := v.get("reference").text()
	if i := strings.Index(ref, "/_history/"); i >= 0 {
		ref = ref[:i]
	}
	return ref
}

// resolve is a relative reference seen from the resource that holds it: on the
// same server, if its own address is known.
func resolve(ref, fullURL string) string {
	if ref == "" || absolute(ref) || strings.HasPrefix(ref, "#") || !strings.HasPrefix(fullURL, "http") {
		return ref
	}
	// The address of a resource ends in its type and id.
	base := fullURL
	for range 2 {
		i := strings.LastIndexByte(base, '/')
		if i < 0 {
			return ref
		}
		base = base[:i]
	}
	return base + "/" + ref
}

func absolute(ref string) bool {
	return strings.Contains(ref, "://") || strings.HasPrefix(ref, "urn:")
}

// tail is Type/id of a reference to a server, or the reference itself.
func tail(ref string) string {
	if !strings.Contains(ref, "://") {
		return ref
	}
	i := strings.LastIndexByte(ref, '/')
	if i < 0 {
		return ref
	}
	if j := strings.LastIndexByte(ref[:i], '/'); j >= 0 {
		return ref[j+1:]
	}
	return ref
}

// names reports whether a resolved reference can mean the resource of that
// address and name. Two addresses must be equal: the same id on two servers is
// two people.
func names(ref, fullURL, name string) bool {
	switch {
	case ref == "":
		return false
	case ref == fullURL || ref == name:
		return true
	case strings.HasPrefix(ref, "urn:uuid:"):
		_, id, _ := strings.Cut(name, "/")
		return fullURL == "" && id != "" && strings.EqualFold(strings.TrimPrefix(ref, "urn:uuid:"), id)
	case strings.HasPrefix(fullURL, "http"):
		return !absolute(ref) && tail(fullURL) == ref
	}
	return strings.Contains(ref, "://") && tail(ref) == name
}

// tailType is the type that a reference to a server names.
func tailType(ref string) string {
	kind, _, _ := strings.Cut(tail(ref), "/")
	return kind
}
