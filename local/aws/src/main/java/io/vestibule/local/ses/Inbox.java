package io.vestibule.local.ses;

import java.util.List;

/** Where sent mails can be read. */
public interface Inbox {

  /** Where what is received goes. */
  @FunctionalInterface
  interface Storage {
    void put(String bucket, String key, byte[] object);
  }

  /** All mails so far, the oldest first. */
  List<Mail> mails();

  /** From now on mails are stored by these rules, too. An emulator outside stores none. */
  default void receive(List<ReceiptRule> rules, Storage storage) {}
}
