package io.vestibule.storage;

import io.vestibule.keys.EmailIndex;
import io.vestibule.store.mail.ConfirmedMails;
import java.time.Instant;

/**
 * Gives the domain of whoever has confirmed mails back, if its mails are counted. It comes after
 * the transaction that stores: a whole company has one counter, and whoever is stored must not wait
 * for it.
 */
record GiveBack(EmailIndex emailIndex, ConfirmedMails confirmedMails) {

  void after(Confirmed confirmed, Instant now) {
    emailIndex
        .counted(confirmed.opened().address())
        .domain()
        .ifPresent(
            domain -> {
              boolean _ = confirmedMails.giveBack(domain, now);
            });
  }
}
