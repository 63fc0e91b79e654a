package io.vestibule.local.ses;

import java.util.List;

/** Where sent mails can be read. */
public interface Inbox {

  /** All mails so far, the oldest first. */
  List<Mail> mails();
}
