package io.vestibule.deletion.answer;

import io.vestibule.core.Passed;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.targets.Targets;
import io.vestibule.deletion.erase.PassedOn;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.delivery.Delivery.News;
import io.vestibule.store.people.Recipients;
import io.vestibule.store.people.Recipients.Recipient;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Has everybody told of a withdrawal who may have been told of the customer for its purpose. */
public final class TellWithdrawal {

  private final Targets targets;
  private final Forms forms;
  private final Recipients recipients;
  private final Deliveries deliveries;

  public TellWithdrawal(
      Targets targets, Forms forms, Recipients recipients, Deliveries deliveries) {
    this.targets = targets;
    this.forms = forms;
    this.recipients = recipients;
    this.deliveries = deliveries;
  }

  /**
   * Who is told, and who was told before.
   *
   * @param outbox what the transaction of the withdrawal puts into the outbox
   * @param passedOn to whom something of the customer was passed on, for whatever reason
   */
  record Told(List<TransactWriteItem> outbox, List<Passed> passedOn) {}

  /**
   * Has them told. Each target that forms list gets a row, as it may be told of the customer just
   * now: the delivery drops the row of who never was.
   *
   * @param purpose of the consents; empty for all
   */
  Told tell(String customerId, String request, String purpose, Instant now) {
    var names = new TreeSet<>(targets.needing(purpose, forms.all()));
    var told = recipients.of(customerId);
    told.stream()
        .map(Recipient::target)
        .filter(it -> targets.find(it).filter(found -> found.isFor(purpose)).isPresent())
        .forEach(names::add);
    var withdrawal = new News.Withdrew(request, purpose, now);
    return new Told(
        names.stream().map(it -> deliveries.tell(it, customerId, withdrawal, now)).toList(),
        told.stream().map(PassedOn::passed).toList());
  }
}
