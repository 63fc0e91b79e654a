package io.vestibule.delivery.kind;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.forms.Form;
import io.vestibule.core.targets.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is said about one entry.
 *
 * @param type {@code submission.confirmed} and the like
 * @param customer whom it is about, as this target alone knows them
 * @param number by which people speak of the entry: {@code V-7K2M9Q}
 * @param form the form's name
 * @param title what the form is called, in the target's language
 * @param receivedAt when it was handed in
 * @param fields what the target may know, in the form's order
 * @param withheld what the filled fields are called that no mail carries
 * @param replyTo the address that was confirmed, if the target may know it
 * @param optIn the consent that it is told by, if it needs one
 */
public record Message(
    String type,
    String customer,
    String number,
    String form,
    String title,
    Instant receivedAt,
    List<Field> fields,
    List<String> withheld,
    Optional<EmailAddress> replyTo,
    Optional<OptIn> optIn) {

  /** An entry was confirmed. */
  public static final String CONFIRMED = "submission.confirmed";

  public Message {
    fields = List.copyOf(fields);
    withheld = List.copyOf(withheld);
  }

  /**
   * What a target may know of an entry.
   *
   * @param values of the entry, by the names of the form's fields
   */
  public static Message confirmed(
      Target target,
      Form form,
      ObjectNode values,
      String customer,
      String number,
      Instant receivedAt) {
    return new Message(
        CONFIRMED,
        customer,
        number,
        form.name(),
        form.title().in(target.language()),
        receivedAt,
        Field.of(target, form, values),
        Field.withheld(target, form, values),
        Field.mayKnow(target, form, form.identity()) ? form.address(values) : Optional.empty(),
        Optional.empty());
  }

  /** That an entry came in, of nobody. */
  public static Message ofNobody(Form form, Instant now) {
    return new Message(
        CONFIRMED,
        "",
        "",
        form.name(),
        "",
        now,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same, by a consent. */
  public Message by(Optional<OptIn> consent) {
    return new Message(
        type, customer, number, form, title, receivedAt, fields, withheld, replyTo, consent);
  }

  /**
   * The address that a person confirmed, if a field of theirs has it that goes by a name: any other
   * could be anybody's.
   *
   * @param name as the target calls the field
   */
  public Optional<String> confirmedAddress(String name) {
    return replyTo
        .map(EmailAddress::normalised)
        .filter(address -> fields.stream().anyMatch(field -> field.isAddress(name, address)));
  }

  /** The names of the fields, as we call them, whose values a target is told of an entry. */
  public static Set<String> told(Target target, Form form, ObjectNode values) {
    return Field.told(target, form, values).collect(toUnmodifiableSet());
  }

  /** Nothing of a person: it must not get into logs by accident. */
  @Override
  public String toString() {
    return "Message(not shown)";
  }
}
