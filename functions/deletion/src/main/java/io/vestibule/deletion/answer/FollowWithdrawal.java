package io.vestibule.deletion.answer;

import io.vestibule.core.Awaited;
import io.vestibule.core.CustomerRecord;
import io.vestibule.core.Passed;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.targets.Targets;
import io.vestibule.deletion.erase.PassedOn;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownEntries;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.delivery.Delivery.News;
import io.vestibule.store.people.Recipients;
import io.vestibule.store.people.Recipients.Recipient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Carries a withdrawal to wherever the customer's data is besides the record: to the entries, and
 * to everybody who may have been told of the customer for its purpose.
 */
public final class FollowWithdrawal {

  private final Targets targets;
  private final Forms forms;
  private final KnownEntries entries;
  private final Recipients recipients;
  private final Deliveries deliveries;

  public FollowWithdrawal(
      Targets targets,
      Forms forms,
      KnownEntries entries,
      Recipients recipients,
      Deliveries deliveries) {
    this.targets = targets;
    this.forms = forms;
    this.entries = entries;
    this.recipients = recipients;
    this.deliveries = deliveries;
  }

  /**
   * Who is told, and who was told before.
   *
   * @param withdrawal who is told
   * @param outbox what the transaction of the withdrawal puts into the outbox
   * @param passedOn to whom something of the customer was passed on, for whatever reason
   */
  record Told(
      Awaited.Withdrawal withdrawal, List<TransactWriteItem> outbox, List<Passed> passedOn) {}

  /**
   * Follows it, before it is committed: whoever dies in between begins again, and the withdrawal is
   * confirmed. What is stored meanwhile changes the customer, and is looked at once more.
   *
   * @param withdrawn the customer's record with the withdrawal
   * @param purpose of the consents; empty for all
   * @return empty if somebody else changed an entry meanwhile: to be tried again
   */
  Optional<Told> follow(
      KnownCustomer customer,
      CustomerRecord withdrawn,
      String request,
      String purpose,
      Instant now) {
    return entries.endWithdrawn(customer, withdrawn)
        ? Optional.of(tell(customer.customerId(), request, purpose, now))
        : Optional.empty();
  }

  /**
   * Has them told. Each target that forms list gets a row, as it may be told of the customer just
   * now: the delivery drops the row of who never was.
   */
  private Told tell(String customerId, String request, String purpose, Instant now) {
    var names = new TreeSet<>(targets.needing(purpose, forms.all()));
    var told = recipients.of(customerId);
    told.stream()
        .map(Recipient::target)
        .filter(it -> targets.find(it).filter(found -> found.isFor(purpose)).isPresent())
        .forEach(names::add);
    var news = new News.Withdrew(request, purpose, now);
    var withdrawal = new Awaited.Withdrawal(now, names);
    return new Told(
        withdrawal,
        names.stream().map(it -> deliveries.tell(it, customerId, news, now)).toList(),
        told.stream().map(it -> PassedOn.withdrawn(it, withdrawal)).toList());
  }
}
