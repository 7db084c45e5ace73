import { Dialog as AriaDialog, DialogTrigger, Heading, Modal, ModalOverlay, Popover as AriaPopover } from "react-aria-components";
import type { ReactElement, ReactNode } from "react";
import "./widgets.css";

interface DialogProps {
  title: string;
  open: boolean;
  onClose(): void;
  children: ReactNode;
  actions?: ReactNode;
  wide?: boolean;
}

/** A question in the middle of the page. Escape and a press beside it close it. */
export function Dialog({ title, open, onClose, children, actions, wide }: DialogProps) {
  return (
    <ModalOverlay className="overlay" isDismissable isOpen={open} onOpenChange={(is) => !is && onClose()}>
      <Modal className="modal" data-wide={wide || undefined}>
        <AriaDialog className="dialog">
          <Heading slot="title">{title}</Heading>
          {children}
          {actions && <div className="actions">{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** What opens beside a pressed button. The trigger must be a widget-library Button. */
export function Popover({ trigger, label, children, open, onOpenChange }: { trigger: ReactElement; label: string; children: ReactNode; open?: boolean; onOpenChange?(is: boolean): void }) {
  return (
    <DialogTrigger isOpen={open} onOpenChange={onOpenChange}>
      {trigger}
      <AriaPopover className="popover" placement="bottom start">
        <AriaDialog className="popover-dialog" aria-label={label}>{children}</AriaDialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
