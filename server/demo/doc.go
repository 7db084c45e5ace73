// Package demo serves the demo pages. In go the pages as files and, where
// callers have to say who they are, one token for each side; out comes the
// handler of everything below /demo/. The pages reach the service by the public
// API only, with those tokens, which everybody who opens a page is given: a
// token that may do more than ask and tell for one side of one tenant is
// refused.
package demo
