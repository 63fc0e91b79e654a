package io.vestibule.deletion.behalf;

import io.vestibule.core.Behalf;
import io.vestibule.core.DataRequest;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import io.vestibule.core.SealedContent;
import io.vestibule.core.SealingKey;
import io.vestibule.core.Submission;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.store.keys.SealingKeys;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Seals what somebody asks for, as intake would have sealed it. */
public final class SealRequest {

  private final SealingKeys keys;
  private final Forms forms;

  public SealRequest(SealingKeys keys, Forms forms) {
    this.keys = keys;
    this.forms = forms;
  }

  /** What was asked, in the clear and sealed. */
  record Sealed(Form form, Submission content, SealedContent ciphertext) {}

  Sealed seal(
      RowId id,
      EmailAddress address,
      DataRequest deed,
      Behalf.Channel channel,
      String language,
      Instant receivedAt) {
    var form = forms.find(Form.PRIVACY).orElseThrow();
    var fields = Json.MAPPER.createObjectNode().put(form.identity(), address.normalised());
    fields.put("kind", deed.kind().code());
    deed.purpose().ifPresent(it -> fields.put("purpose", it));
    if (!form.accepts(fields, receivedAt)) {
      throw AskOrder.refused(); // No consent has such a purpose.
    }
    var content =
        new Submission(
                fields,
                Map.of(),
                language,
                "",
                receivedAt,
                false,
                Optional.of(form.sealedVersion()))
            .cameBy(channel);
    return new Sealed(form, content, key().seal(id, form.name(), content.toJson()));
  }

  private SealingKey key() {
    var current =
        keys.current().orElseThrow(() -> new IllegalStateException("there is no key to seal with"));
    try {
      return SealingKey.parse(current.id(), current.keyset());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key to seal with cannot be read", e);
    }
  }
}
