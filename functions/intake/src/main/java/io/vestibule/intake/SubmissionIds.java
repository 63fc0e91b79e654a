package io.vestibule.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vestibule.core.Destination;
import io.vestibule.core.RowId;
import io.vestibule.core.forms.Checked;
import io.vestibule.core.forms.Form;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * Chooses under which id a submission is written.
 *
 * <p>With a client's key it is the first 128 bits of HMAC-SHA256({@code front-mac}, {@code
 * submission|} and the canonical body): the same again for a retry, another for anything else that
 * is sent under the same key, by mistake or by somebody else.
 *
 * <p>The canonical body is a JSON object without spaces, every object in it sorted by name: {@code
 * consents}, {@code fields}, {@code form}, {@code key} and {@code locale}. Fields and consents are
 * as they were accepted, that is trimmed, in Unicode NFC, without empty ones: so a form is the same
 * whether it comes as JSON or URL-encoded. Numbers are as they were written: {@code 1} is not
 * {@code 1.0}. Our own controls, the origin, the time and what the browser says of selling or
 * sharing are not part of it: of two that differ in these only, the first that was accepted counts.
 */
final class SubmissionIds {

  private static final int BYTES = 16;

  private final JsonMapper canonical =
      JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();
  private final CurrentFrontMac frontMac;
  private final SecureRandom random;

  SubmissionIds(CurrentFrontMac frontMac, SecureRandom random) {
    this.frontMac = frontMac;
    this.random = random;
  }

  /** The id of something that was sent without a key; there is no second like it. */
  RowId random(Destination destination) {
    return RowId.random(destination, random);
  }

  /**
   * The id of something that may be sent more than once.
   *
   * @return empty if the key of the hash cannot be read now
   */
  Optional<RowId> repeatable(String key, Form form, Checked.Accepted entry, String language) {
    String body = canonicalBody(key, form.name(), entry, language);
    return frontMac
        .get()
        .map(mac -> Arrays.copyOf(mac.of("submission", body), BYTES))
        .map(bits -> RowId.of(form.confirmed(), bits));
  }

  private String canonicalBody(String key, String form, Checked.Accepted entry, String language) {
    var body = canonical.createObjectNode().put("form", form).put("key", key);
    body.set("fields", entry.posted());
    entry.consents().forEach(body.putObject("consents")::put);
    try {
      return canonical.writeValueAsString(body.put("locale", language));
    } catch (JsonProcessingException e) {
      throw new AssertionError("a JSON tree can always be written", e);
    }
  }
}
