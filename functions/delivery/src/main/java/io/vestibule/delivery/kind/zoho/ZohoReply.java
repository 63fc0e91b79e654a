package io.vestibule.delivery.kind.zoho;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.delivery.egress.Reply;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Statuses;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What Zoho said to a call. */
sealed interface ZohoReply {

  /**
   * It is done.
   *
   * @param action {@code insert} or {@code update}, of a record that was written
   * @param details as Zoho has them: {@code id}
   * @param body all of the answer
   */
  record Done(String action, JsonNode details, JsonNode body) implements ZohoReply {}

  /**
   * Zoho has an error of its own for it.
   *
   * @param code Zoho's word, one that we know, or {@code UNKNOWN}
   * @param field the API name of the field that it is about
   */
  record Refused(String code, Optional<String> field) implements ZohoReply {

    /** It may be that there is no such record; the code alone is no proof of it. */
    boolean isPerhapsOfNoRecord() {
      return code.equals("INVALID_DATA");
    }

    /**
     * What follows from it.
     *
     * @see <a href="https://www.zoho.com/crm/developer/docs/api/v8/status-codes.html">Codes</a>
     */
    Answer answer() {
      var ours = "zoho-" + code.toLowerCase(Locale.ROOT).replace('_', '-');
      return switch (code) {
        case "INVALID_TOKEN", "AUTHENTICATION_FAILURE" -> new Answer.Stopped("refused-credentials");
        case "OAUTH_SCOPE_MISMATCH",
            "NO_PERMISSION",
            "AUTHORIZATION_FAILED",
            "INVALID_MODULE",
            "INVALID_URL_PATTERN",
            "INVALID_REQUEST_METHOD" ->
            new Answer.Stopped(ours);
        // Of calls at once, or of the day: Zoho does not say which.
        case "TOO_MANY_REQUESTS", "LIMIT_EXCEEDED" ->
            new Answer.Later(Optional.of(Duration.ofMinutes(5)), ours);
        // Two at once, or what is to be erased first has it.
        case "DUPLICATE_DATA" -> Answer.later(ours);
        case "RECORD_LOCKED", "DEPENDENT_SERVICE_ERROR", "INTERNAL_ERROR", "UNKNOWN" ->
            Answer.later(ours);
        default -> new Answer.Failed(ours, field);
      };
    }
  }

  /** What was asked for is not there. */
  record Nothing() implements ZohoReply {}

  /** It is no answer of Zoho's API. */
  record Not(Answer answer) implements ZohoReply {}

  /** The status of an answer to a question for what is not there. */
  int NOTHING = 204;

  /** The errors that Zoho's papers have: no other word of theirs gets into our rows and logs. */
  Set<String> CODES =
      Set.of(
          "INVALID_TOKEN",
          "AUTHENTICATION_FAILURE",
          "OAUTH_SCOPE_MISMATCH",
          "NO_PERMISSION",
          "AUTHORIZATION_FAILED",
          "INVALID_MODULE",
          "INVALID_URL_PATTERN",
          "INVALID_REQUEST_METHOD",
          "TOO_MANY_REQUESTS",
          "LIMIT_EXCEEDED",
          "RECORD_LOCKED",
          "DEPENDENT_SERVICE_ERROR",
          "DEPENDENT_FIELD_MISSING",
          "DEPENDENT_MISMATCH",
          "INTERNAL_ERROR",
          "INVALID_DATA",
          "MULTIPLE_OR_MULTI_ERRORS",
          "MANDATORY_NOT_FOUND",
          "EXPECTED_FIELD_MISSING",
          "DUPLICATE_DATA",
          "ALREADY_MODIFIED");

  /**
   * Reads what came, in whichever of Zoho's two envelopes.
   *
   * @param isQuestion whether nothing was to be changed
   */
  static ZohoReply of(Reply reply, Instant now, boolean isQuestion) {
    if (!(reply instanceof Reply.Answered answered)) {
      return new Not(Statuses.answer(reply, now));
    }
    if (isQuestion && answered.status() == NOTHING) {
      return new Nothing();
    }
    return answered
        .json()
        .map(
            body ->
                isQuestion && isWell(answered) && isList(body)
                    ? new Done("", one(body), body)
                    : of(body, one(body), answered, now))
        .orElseGet(() -> new Not(nothingToRead(answered, now)));
  }

  private static ZohoReply of(JsonNode body, JsonNode one, Reply.Answered answered, Instant now) {
    String code = one.path("code").asText();
    if (code.equals("SUCCESS") && isWell(answered)) {
      return new Done(one.path("action").asText(), one.path("details"), body);
    }
    if (code.isEmpty() && !isWell(answered)) {
      return new Not(Statuses.answer(answered, now));
    }
    return new Refused(
        CODES.contains(code) ? code : "UNKNOWN",
        Optional.ofNullable(one.path("details").path("api_name").textValue()));
  }

  /** A refusal is in a list, too. */
  private static boolean isList(JsonNode body) {
    var first = one(body);
    return (body.path("data").isArray() || body.path("fields").isArray())
        && !first.path("status").asText().equals("error")
        && !CODES.contains(first.path("code").asText());
  }

  private static boolean isWell(Reply.Answered answered) {
    return answered.status() / 100 == 2;
  }

  /** The answer about our one record, or about the call. */
  private static JsonNode one(JsonNode body) {
    for (String list : Set.of("data", "recycle_bin")) {
      if (body.path(list).isArray()) {
        return body.path(list).path(0);
      }
    }
    return body;
  }

  private static Answer nothingToRead(Reply.Answered answered, Instant now) {
    var byStatus = Statuses.answer(answered, now);
    return byStatus instanceof Answer.Taken ? Answer.later("no-json") : byStatus;
  }
}
