package io.vestibule.local.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import io.vestibule.core.Submission;
import io.vestibule.core.forms.Checked;
import io.vestibule.core.forms.Entry;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.forms.Judged;
import io.vestibule.core.wording.Wording;
import io.vestibule.core.wording.Wordings;
import io.vestibule.web.Body;
import io.vestibule.web.Request;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that reads what a stranger sends, and is reached before anything is checked: whatever
 * comes, it answers, and what it lets through keeps its promise.
 *
 * <p>Run by {@code make fuzz}, in which Jazzer looks for inputs, guided by the code that they
 * reach. It is not among the tests of every build, because its hooks would slow the others down:
 * what it finds becomes a named case of the test of that parser.
 */
class ParsersFuzzer {

  private final Form form = new Forms().find("contact").orElseThrow();
  private final Wordings wordings = new Wordings();
  private final Wording english = wordings.of("en");

  @FuzzTest
  void json(byte @NotNull [] body) throws IOException {
    check("application/json", body);
  }

  @FuzzTest
  void urlEncoded(byte @NotNull [] body) throws IOException {
    check("application/x-www-form-urlencoded", body);
  }

  @FuzzTest
  void multipart(byte @NotNull [] body) throws IOException {
    check("multipart/form-data; boundary=x", body);
  }

  @FuzzTest
  void contentType(@NotNull String header) {
    var _ = Body.of(post(header, "--x\r\n\r\n--x--".getBytes(UTF_8)), form);
  }

  /** An address that is let through is one, is all ASCII, and is the same when it comes again. */
  @FuzzTest
  void emailAddress(@NotNull String typed) {
    EmailAddress.parse(typed).ifPresent(ParsersFuzzer::isSafe);
  }

  @FuzzTest
  void language(@NotNull String tags) {
    assertThat(wordings.languages())
        .contains(wordings.choose(Optional.of(tags), Optional.empty()))
        .contains(wordings.choose(Optional.empty(), Optional.of(tags)));
  }

  @FuzzTest
  void rowId(@NotNull String text) {
    RowId.parse(text).ifPresent(id -> assertThat(id.value()).isEqualTo(text).matches("[\\w-]+"));
  }

  /** Whoever holds the public key can seal anything. */
  @FuzzTest
  void sealedContent(byte @NotNull [] content) throws Submission.Malformed {
    try {
      var submission = Submission.parse(content);
      var again = Submission.parse(submission.toJson());
      assertThat(again.fields()).isEqualTo(submission.fields());
      assertThat(again.receivedAt()).isEqualTo(submission.receivedAt());
      if (form.accepts(submission.fields(), submission.receivedAt())) {
        isSafe(form.address(submission.fields()).orElseThrow());
      }
      Judged.of(submission, form, new Forms()).ifPresent(judged -> isSafe(judged.address()));
    } catch (Submission.Malformed e) {
      assertThat(e).hasNoCause();
    }
  }

  private void check(String contentType, byte[] body) throws IOException {
    if (Body.of(post(contentType, body), form) instanceof Body.Values(ObjectNode values)) {
      var entry = Entry.of(values);
      entry.typed(form.identity());
      if (form.check(entry, english, Instant.EPOCH)
          instanceof Checked.Accepted(ObjectNode fields, var _, var _)) {
        assertThat(form.accepts(fields, Instant.EPOCH)).isTrue();
        isSafe(form.address(fields).orElseThrow());
        assertThat(Json.MAPPER.readTree(Json.MAPPER.writeValueAsBytes(fields))).isEqualTo(fields);
      }
    }
  }

  private static void isSafe(EmailAddress address) {
    String normalised = address.normalised();
    assertThat(normalised).hasSizeLessThanOrEqualTo(254).matches("[!-~]+@[!-~]+");
    assertThat(normalised).doesNotContain(",", ";", "<", ">", "\"", "\\");
    assertThat(EmailAddress.parse(normalised).map(EmailAddress::normalised)).hasValue(normalised);
    assertThat(address.mailbox()).contains("@");
  }

  private static Request post(String contentType, byte[] body) {
    return new Request(
        "POST",
        "/forms/contact",
        "/forms/{form}",
        Map.of("form", "contact"),
        Map.of(),
        Map.of("content-type", contentType),
        body);
  }
}
