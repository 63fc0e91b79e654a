package io.vestibule.storage;

import io.vestibule.core.CustomerRecord;
import io.vestibule.core.forms.Judged;
import io.vestibule.keys.SubmissionOpener.Opened;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The form by which something came. What a consent was for is said by the rules that the page was
 * made by; the marks are the form's as it is now.
 */
record Origin(Opened opened) implements CustomerRecord.Origin {

  static Origin of(Opened opened) {
    return new Origin(opened);
  }

  @Override
  public String name() {
    return opened.form().name();
  }

  @Override
  public List<String> tags() {
    return Stream.concat(opened.form().tags().stream(), flags(opened).stream()).toList();
  }

  @Override
  public Optional<String> purpose(String consent) {
    return opened.judged().rules().purpose(consent).or(() -> opened.form().purpose(consent));
  }

  /**
   * By the rules that the page was made by, or by those of now: whoever seals may name a version in
   * which the field was asked of everybody, and what must not be kept now was never to be kept. Of
   * rules that nobody knows here, what was sealed says it.
   */
  @Override
  public Optional<String> consentOf(String field) {
    var judged = opened.judged();
    return judged
        .rules()
        .consentOf(field)
        .or(() -> opened.form().consentOf(field))
        .or(() -> Optional.ofNullable(judged.hanging().get(field)));
  }

  /** What people should know about an entry besides what it says. */
  static List<String> flags(Opened opened) {
    return opened.judged().isOlder() ? List.of(Judged.OLDER_FORM) : List.of();
  }
}
