package io.vestibule.core.forms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.DataRequest;
import io.vestibule.core.Destination;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.FormVersion;
import io.vestibule.core.Submission;
import java.util.Map;
import java.util.Optional;

/**
 * What is thought, behind the door, of something that was sealed: it keeps the rules that it was
 * checked by when it was handed in. What the form has come to ask since then is nothing that its
 * sender could know.
 *
 * <p>Whoever holds the public key can seal anything, and name any version. So a version is no
 * credential: the worst that can be named is one that nobody knows, and that is bounded by {@link
 * Structure}.
 *
 * @param rules the form of that version, for its labels and what its consents are for; the form as
 *     it is now if nobody knows the version
 * @param version the name of the rules, as the entry has it
 * @param address that is to be confirmed
 * @param isOlder whether the rules are not known here: a later version is, after a roll-back, and
 *     so is one from before versions were named
 * @param hanging of what was judged without its rules: the fields that these keep only if a consent
 *     is given, and that consent, as they were sealed; empty if the rules are known
 */
public record Judged(
    Form rules,
    String version,
    EmailAddress address,
    boolean isOlder,
    Map<String, String> hanging) {

  /** The mark of what was judged without its rules, for people to look at. */
  public static final String OLDER_FORM = "older-form";

  /**
   * Judges it.
   *
   * @param form as it is now
   * @return empty if it keeps neither the rules that it names nor, if these are not known, the
   *     bounds that hold for all: intake has not sealed it so
   */
  public static Optional<Judged> of(Submission sealed, Form form, Forms forms) {
    return sealed
        .form()
        .map(named -> byName(sealed, named, form, forms))
        .orElseGet(() -> byNow(sealed, form));
  }

  private static Optional<Judged> byName(
      Submission sealed, FormVersion named, Form form, Forms forms) {
    return forms
        .find(form.name(), named.name())
        .map(rules -> by(rules, sealed))
        .orElseGet(() -> byBounds(sealed, form, named));
  }

  /** Sealed by a version that named none: most of it fits, if the form is as it was then. */
  private static Optional<Judged> byNow(Submission sealed, Form form) {
    var unnamed = new FormVersion(FormVersion.UNNAMED, form.identity());
    return by(form, sealed).or(() -> byBounds(sealed, form, unnamed));
  }

  private static Optional<Judged> by(Form rules, Submission sealed) {
    return rules.accepts(sealed.fields(), sealed.receivedAt())
        ? rules
            .address(sealed.fields())
            .map(address -> new Judged(rules, rules.version(), address, false, Map.of()))
        : Optional.empty();
  }

  private static Optional<Judged> byBounds(Submission sealed, Form form, FormVersion named) {
    ObjectNode fields = sealed.fields();
    return Structure.holds(fields) && isDoable(form, fields)
        ? Form.address(fields, named.identity())
            .or(() -> form.address(fields))
            .map(address -> new Judged(form, named.name(), address, true, named.hanging()))
        : Optional.empty();
  }

  /** A request that asks for nothing cannot be answered, whatever its form was like. */
  private static boolean isDoable(Form form, ObjectNode fields) {
    return form.confirmed() == Destination.STORAGE || DataRequest.of(fields).isPresent();
  }
}
