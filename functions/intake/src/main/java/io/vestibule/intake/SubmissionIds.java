package io.vestibule.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vestibule.core.Destination;
import io.vestibule.core.RowId;
import io.vestibule.core.forms.Entry;
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
 * as they were posted: neither what the form makes of a value nor whether it takes it is a part of
 * it. So a post that comes again after the form was changed, or by another release, is the same. Of
 * a value only the first version's normalisation is in it ({@link Entry}), and for the same reason
 * that stays as it is. A number in JSON is as it was written, {@code 1} is not {@code 1.0}; what an
 * HTML form sends is a text. The button that was pressed, our own controls, the origin, the time
 * and what the browser says of selling or sharing are not part of it: of two that differ in these
 * only, the first that was accepted counts.
 */
final class SubmissionIds {

  private static final int BYTES = 16;

  private static final JsonMapper CANONICAL =
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
   * @param sent as it was posted
   * @return empty if the key of the hash cannot be read now
   */
  Optional<RowId> repeatable(String key, Form form, Entry sent, String language) {
    String body = canonicalBody(key, form.name(), sent, language);
    return frontMac
        .get()
        .map(mac -> Arrays.copyOf(mac.of("submission", body), BYTES))
        .map(bits -> RowId.of(form.confirmed(), bits));
  }

  /** What ids are made of; visible to tests. */
  static String canonicalBody(String key, String form, Entry sent, String language) {
    var body = CANONICAL.createObjectNode().put("form", form).put("key", key);
    body.set("fields", sent.fields());
    sent.consents().forEach(body.putObject("consents")::set);
    try {
      return CANONICAL.writeValueAsString(body.put("locale", language));
    } catch (JsonProcessingException e) {
      throw new AssertionError("a JSON tree can always be written", e);
    }
  }
}
