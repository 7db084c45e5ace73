import { useId, type ButtonHTMLAttributes, type ReactNode, type Ref } from "react";
import type { Permission } from "../api/types";

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "onClick" | "disabled" | "type"> {
  kind?: "primary" | "plain" | "quiet" | "icon" | "danger";
  /** The name of a button that shows only an icon. */
  label?: string;
  /** Why it cannot be pressed now. The button stays reachable and says so. */
  why?: string | false | null;
  /** What the server says the caller may do; a reason replaces `why`. */
  permission?: Permission | undefined;
  onPress?(): void;
  submit?: boolean;
  ref?: Ref<HTMLButtonElement>;
  children?: ReactNode;
}

/** A button. It needs none of the widget library, so that the shell stays small. */
export function Button({ kind = "plain", label, why, permission, onPress, submit, children, className = "", ...rest }: ButtonProps) {
  const id = useId();
  const reason = (permission && !permission.allowed && permission.whyNot) || why || "";
  return (
    <button
      {...rest}
      type={submit ? "submit" : "button"}
      className={`button ${className}`}
      data-kind={kind}
      aria-label={label ?? rest["aria-label"]}
      title={reason || (kind === "icon" ? label : rest.title)}
      aria-disabled={reason ? true : undefined}
      aria-describedby={reason ? id : rest["aria-describedby"]}
      onClick={(e) => {
        if (reason) e.preventDefault();
        else onPress?.();
      }}
    >
      {children}
      {reason && <span id={id} className="sr-only">{reason}</span>}
    </button>
  );
}

/** The server's word on one action. */
export const may = (permissions: readonly Permission[] | undefined, action: string): Permission | undefined =>
  permissions?.find((p) => p.action === action);
