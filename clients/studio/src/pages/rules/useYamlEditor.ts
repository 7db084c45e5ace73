import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { EditorState, type Text } from "@codemirror/state";
import { EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Problem } from "../../api/types";

interface Options {
  /** What the server has. */
  text: string;
  problems: readonly Problem[];
  label: string;
  readOnly: boolean;
  /** Gets what was typed, after a moment of quiet. */
  save(text: string): void;
}

const quietMs = 900;

/** A text editor for YAML. Tab leaves it, so that nobody is caught in it. */
export function useYamlEditor(o: Options) {
  const view = useRef<EditorView | null>(null);
  const sent = useRef<string[]>([]); // what was saved and the server may still not show
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const now = useRef(o);
  now.current = o;
  const [behind, setBehind] = useState(false);

  const flush = useCallback(() => {
    if (timer.current === undefined || !view.current) return;
    clearTimeout(timer.current);
    timer.current = undefined;
    const typed = view.current.state.doc.toString();
    sent.current.push(typed);
    now.current.save(typed);
  }, []);

  const place = useCallback(
    (parent: HTMLElement | null) => {
      if (!parent) return;
      const typed = EditorView.updateListener.of((update) => {
        if (!update.docChanged || update.transactions.some((t) => t.isUserEvent("server"))) return;
        clearTimeout(timer.current);
        timer.current = setTimeout(flush, quietMs);
      });
      const { text, label, readOnly } = now.current;
      view.current = new EditorView({ parent, state: EditorState.create({ doc: text, extensions: [extensions(label, readOnly), typed] }) });
      return () => {
        flush();
        view.current?.destroy();
        view.current = null;
      };
    },
    [flush],
  );

  const show = useCallback((text: string) => {
    const at = view.current;
    if (!at) return;
    const head = Math.min(at.state.selection.main.head, text.length);
    at.dispatch({ changes: { from: 0, to: at.state.doc.length, insert: text }, selection: { anchor: head }, userEvent: "server" });
  }, []);

  useEffect(() => {
    const doc = view.current?.state.doc.toString();
    const mine = sent.current.lastIndexOf(o.text);
    if (mine >= 0) sent.current = sent.current.slice(mine + 1);
    if (doc === undefined || doc === o.text || mine >= 0) return setBehind(false);
    // Words that are not saved yet are never written over.
    if (timer.current !== undefined || sent.current.length > 0) setBehind(true);
    else show(o.text);
  }, [o.text, show]);

  useEffect(() => {
    const at = view.current;
    if (at) at.dispatch(setDiagnostics(at.state, diagnostics(at.state.doc, o.problems)));
  }, [o.problems, o.text]);

  const take = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    sent.current = [];
    show(now.current.text);
    setBehind(false);
  }, [show]);

  const goTo = useCallback((line: number) => {
    const at = view.current;
    if (!at) return;
    const { from } = at.state.doc.line(Math.max(1, Math.min(line, at.state.doc.lines)));
    at.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
    at.focus();
  }, []);
  return { place, behind, take, goTo };
}

/** Problems as marks in the text. */
export function diagnostics(doc: Text, problems: readonly Problem[]): Diagnostic[] {
  return problems.map((p) => {
    const line = doc.line(Math.max(1, Math.min(p.line || 1, doc.lines)));
    const from = Math.min(line.from + Math.max(p.column - 1, 0), line.to);
    return { from, to: Math.max(line.to, from), severity: p.severity === "warning" ? "warning" : "error", message: p.message + (p.suggestion ? ` (${p.suggestion}?)` : "") };
  });
}

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--fact)" },
  { tag: [tags.string, tags.content], color: "var(--ink)" },
  { tag: [tags.number, tags.bool, tags.atom], color: "var(--value)" },
  { tag: tags.comment, color: "var(--ink-3)", fontStyle: "italic" },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: "var(--ink-2)" },
]);

const look = EditorView.theme({
  "&": { height: "calc(100dvh - 16rem)", minHeight: "20rem", backgroundColor: "var(--surface)", color: "var(--ink)", fontSize: ".875rem" },
  "&.cm-focused": { outline: "2px solid var(--focus)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', monospace", lineHeight: "1.6" },
  ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--ink-3)", borderInlineEnd: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--accent) 7%, transparent)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--accent) 28%, transparent)" },
  ".cm-tooltip": { backgroundColor: "var(--raised)", color: "var(--ink)", border: "1px solid var(--line)", borderRadius: "var(--r2)" },
});

function extensions(label: string, readOnly: boolean) {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
  return [
    EditorView.cspNonce.of(nonce),
    lineNumbers(),
    lintGutter(),
    history(),
    highlightActiveLine(),
    yaml(),
    syntaxHighlighting(colours),
    look,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", tabindex: "0" }),
    EditorState.readOnly.of(readOnly),
    keymap.of([...defaultKeymap, ...historyKeymap]),
  ];
}
