package io.vestibule.core.forms;

import io.vestibule.core.CustomerRecord;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/**
 * For how long customers are kept. Each form says it for itself, and the time runs from the
 * customer's last use of the form. A customer who used a form that says nothing is kept without an
 * end.
 */
public final class Retention {

  private final Forms forms;

  public Retention(Forms forms) {
    this.forms = forms;
  }

  /** All rules as one text, such as {@code contact=P2Y, feedback=P1Y}; empty if there is none. */
  public String rules() {
    return forms.all().stream()
        .flatMap(form -> keep(form).map(period -> form.name() + "=" + period).stream())
        .collect(Collectors.joining(", "));
  }

  /**
   * A customer who confirmed anything after this time cannot be due; empty if no customer ever is.
   */
  public Optional<Instant> longAgo(Instant now) {
    return forms.all().stream()
        .flatMap(form -> keep(form).stream())
        .map(period -> now.atZone(ZoneOffset.UTC).minus(period).toInstant())
        .max(Instant::compareTo);
  }

  /** Whether the time of every form that the customer used is over. */
  public boolean isOver(CustomerRecord record, Instant now) {
    var uses = lastUses(record);
    return !uses.isEmpty()
        && uses.entrySet().stream().allMatch(use -> isOver(use.getKey(), use.getValue(), now));
  }

  /**
   * Whether the time of a form is over that was used at some time: not if it says none, or is there
   * no more.
   */
  public boolean isOver(String form, Instant lastUse, Instant now) {
    return forms
        .find(form)
        .flatMap(Retention::keep)
        .map(period -> lastUse.atZone(ZoneOffset.UTC).plus(period).toInstant())
        .filter(end -> !end.isAfter(now))
        .isPresent();
  }

  /** Records of the time before they told their uses tell them by what came of these. */
  private static Map<String, Instant> lastUses(CustomerRecord record) {
    BinaryOperator<Instant> later = (one, other) -> one.isAfter(other) ? one : other;
    var uses = new HashMap<>(record.uses());
    record.fields().values().forEach(value -> uses.merge(value.form(), value.at(), later));
    record.consents().forEach(consent -> uses.merge(consent.form(), consent.at(), later));
    return uses;
  }

  private static Optional<Period> keep(Form form) {
    return Optional.ofNullable(form.keep().customer());
  }
}
