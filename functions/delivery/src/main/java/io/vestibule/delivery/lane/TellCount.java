package io.vestibule.delivery.lane;

import io.vestibule.core.Counter;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.targets.Target;
import io.vestibule.core.targets.Targets;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Message;
import io.vestibule.store.Attributes;
import io.vestibule.store.delivery.Delivery;
import io.vestibule.store.delivery.Delivery.News;
import io.vestibule.store.people.Entries;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Has it counted that an entry came in: by its form's name, which stands in the clear. Nobody's key
 * is unwrapped for it, nothing is told of anybody, and so nobody is a recipient.
 */
public final class TellCount {

  private final Forms forms;
  private final Targets targets;
  private final Entries entries;
  private final Kinds kinds;
  private final Clock clock;

  public TellCount(Forms forms, Targets targets, Entries entries, Kinds kinds, Clock clock) {
    this.forms = forms;
    this.targets = targets;
    this.entries = entries;
    this.kinds = kinds;
    this.clock = clock;
  }

  /** Tells it once: whoever counts would count it twice. */
  Outcome tell(Target target, Delivery delivery) {
    if (delivery.attempts() > 0) {
      return lost();
    }
    return form(target, delivery)
        .map(it -> tell(target, it))
        .orElseGet(() -> Outcome.dropped("not-listed"));
  }

  private Outcome tell(Target target, Form form) {
    var order = kinds.order(target, UUID.randomUUID().toString());
    var message = Message.ofNobody(form, clock.instant());
    return switch (kinds.of(target).send(order, List.of(message))) {
      case Answer.Taken taken -> Outcome.of(taken);
      case Answer.Stopped stopped -> Outcome.of(stopped);
      case Answer.Later _, Answer.Failed _ -> lost();
    };
  }

  private static Outcome lost() {
    Counter.NOT_COUNTED.increment();
    return Outcome.dropped("not-counted");
  }

  /** The entry's form, if it lists the target. */
  private Optional<Form> form(Target target, Delivery delivery) {
    var entryId = ((News.Entered) delivery.news()).entryId();
    return entryId.isSyntheticOf(delivery.customerId())
        ? Optional.empty()
        : Attributes.text(entries.find(delivery.customerId(), entryId), "form")
            .flatMap(forms::find)
            .filter(it -> targets.of(it).contains(target));
  }
}
