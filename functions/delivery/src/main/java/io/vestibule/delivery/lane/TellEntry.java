package io.vestibule.delivery.lane;

import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.targets.Target;
import io.vestibule.core.targets.Targets;
import io.vestibule.delivery.kind.Message;
import io.vestibule.delivery.kind.OptIn;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.KnownEntries;
import io.vestibule.keys.OutsideNames;
import io.vestibule.store.Attributes;
import io.vestibule.store.delivery.Delivery;
import io.vestibule.store.delivery.Delivery.News;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.Recipients;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Makes the message that tells a target of an entry. What the row of the outbox says is only where
 * to look: the entry's own form must list the target, and the customer's consents must allow it, as
 * they are now.
 */
public final class TellEntry {

  /**
   * For so long what was read of the customer may be told: an erasure waits for longer before the
   * target hears of it.
   */
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final Forms forms;
  private final Targets targets;
  private final Entries entries;
  private final Recipients recipients;
  private final OpenCustomer openCustomer;
  private final OutsideNames names;
  private final TheirNames theirNames;
  private final Clock clock;

  public TellEntry(
      Forms forms,
      Targets targets,
      Entries entries,
      Recipients recipients,
      OpenCustomer openCustomer,
      OutsideNames names,
      Clock clock) {
    this.forms = forms;
    this.targets = targets;
    this.entries = entries;
    this.recipients = recipients;
    this.openCustomer = openCustomer;
    this.names = names;
    this.theirNames = new TheirNames(names);
    this.clock = clock;
  }

  /** What can be done about an entry. */
  sealed interface Prepared {

    /** It can be told, and is written down as told. */
    record Ready(Message message, Instant freshUntil) implements Prepared {}

    /** It cannot be told now, or never. */
    record Not(Outcome outcome) implements Prepared {}
  }

  /**
   * Prepares it.
   *
   * @param delivery of an entry
   */
  Prepared prepare(Target target, Delivery delivery) {
    var entryId = ((News.Entered) delivery.news()).entryId();
    var item = entries.find(delivery.customerId(), entryId);
    if (item.isEmpty()) {
      return not(Outcome.dropped("entry-gone"));
    }
    var form = listing(target, item);
    if (form.isEmpty()) {
      return not(Outcome.dropped("not-listed"));
    }
    try {
      var customer = openCustomer.open(delivery);
      return customer.isPresent()
          ? prepare(
              target,
              form.get(),
              customer.get(),
              KnownEntries.open(customer.get(), item),
              Attributes.time(item, "createdAt"))
          : not(openCustomer.missing(delivery.customerId()));
    } catch (KnownCustomers.Unreadable e) {
      return not(Outcome.ours("customer-unreadable"));
    }
  }

  /** The entry's form, if it is there and lists the target. */
  private Optional<Form> listing(Target target, Map<String, AttributeValue> item) {
    return Attributes.text(item, "form")
        .flatMap(forms::find)
        .filter(form -> targets.of(form).contains(target));
  }

  private Prepared prepare(
      Target target,
      Form form,
      KnownCustomer customer,
      KnownEntries.KnownEntry entry,
      Optional<Instant> storedAt) {
    if (entry.record().synthetic()) {
      return not(Outcome.dropped("not-listed")); // Its values may be of forms that do not.
    }
    var keptOut = target.keepsOut(customer.record(), entry.record().optsOut());
    if (keptOut.isPresent()) {
      return not(Outcome.dropped(keptOut.get()));
    }
    var row = entry.row();
    var number = row.entryId().number();
    var told = AsHandedIn.of(entry, form, forms);
    var now = clock.instant();
    var fields = Message.told(target, told.form(), told.values());
    boolean isWritten =
        recipients.tell(
            customer.identity(),
            target,
            new Recipients.Told(fields, theirNames.kept(target, row.customerId(), fields)),
            number,
            now);
    if (!isWritten) {
      return not(Outcome.ours("customer-changed"));
    }
    var name = names.customer(target.name(), row.customerId());
    var message =
        Message.confirmed(
            target, told.form(), told.values(), name, number.value(), row.receivedAt());
    var optIn =
        target
            .consent()
            .flatMap(customer.record()::standing)
            .map(it -> OptIn.of(it, row.receivedAt(), storedAt, now));
    return new Prepared.Ready(message.by(optIn), now.plus(FRESH));
  }

  private static Prepared not(Outcome outcome) {
    return new Prepared.Not(outcome);
  }
}
