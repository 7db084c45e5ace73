// Package safety is the gate that every question passes before any rule, cache,
// opt-out or choice of the member.
//
// In: the facts, and the kind of the topic where one is known. Out: which
// emergency notice to give, if any, and its fixed words. It is code and not
// content, so that no edit of rules can weaken it and it works while no rules
// are loaded. It never says that something is no emergency: the lack of a
// notice says nothing.
package safety
