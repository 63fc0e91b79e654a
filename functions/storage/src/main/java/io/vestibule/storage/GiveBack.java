package io.vestibule.storage;

import io.vestibule.keys.EmailIndex;
import io.vestibule.store.mail.ConfirmedMails;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Gives the domain of whoever has confirmed mails back, if its mails are counted. */
record GiveBack(EmailIndex emailIndex, ConfirmedMails confirmedMails) {

  Optional<TransactWriteItem> of(Confirmed confirmed, Instant now) {
    return emailIndex
        .counted(confirmed.opened().address())
        .domain()
        .map(domain -> confirmedMails.of(domain, now));
  }
}
