package io.vestibule.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import io.vestibule.core.forms.FieldError;
import io.vestibule.core.wording.Wording;
import java.util.List;

/**
 * Why a request was not done: RFC 9457 (problem details) for programs; {@link Pages} shows the same
 * to people. It is made of our own words only, never of an exception's.
 *
 * @param errors what is wrong with each field; empty unless the type is {@code INVALID}
 */
public record Problem(Type type, List<FieldError> errors) {

  public Problem {
    errors = List.copyOf(errors);
  }

  /** What can be wrong. The URIs are part of our interface: they stay as they are. */
  public enum Type {
    MALFORMED(400, "malformed"),
    /** Malformed, as it is not UTF-8, or was damaged before it came here. */
    NOT_UTF8(400, "malformed", "not-utf-8"),
    /** Malformed, as a name stands twice in an object. */
    EQUAL_NAMES(400, "malformed", "equal-names"),
    /** Malformed, as it is beyond what the parser takes. */
    TOO_DEEP(400, "malformed", "too-deep"),
    IDEMPOTENCY_KEY(400, "idempotency-key"),
    NOT_FOUND(404, "not-found"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed"),
    /** The form exists, and nothing more can be sent by it. */
    CLOSED(410, "closed"),
    TOO_LARGE(413, "too-large"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type"),
    INVALID(422, "invalid"),
    /** Nothing is wrong with it, but it came sooner than people send a form. Told on pages only. */
    TOO_SOON(422, "too-soon"),
    UNAVAILABLE(503, "unavailable");

    private final int status;
    private final String name;
    private final String text;

    Type(int status, String name) {
      this(status, name, "text");
    }

    Type(int status, String name, String text) {
      this.status = status;
      this.name = name;
      this.text = text;
    }

    /** The HTTP status that goes with it. */
    public int status() {
      return status;
    }

    /** A stable identifier; it names, and leads nowhere. */
    public String uri() {
      return "urn:vestibule:problem:" + name;
    }

    String title(Wording wording) {
      return wording.text("problem." + name + ".title");
    }

    String text(Wording wording) {
      return wording.text("problem." + name + "." + text);
    }
  }

  /** A problem with nothing to say about single fields. */
  public static Problem of(Type type) {
    return new Problem(type, List.of());
  }

  /** The problem document. */
  public Reply toJson(Wording wording) {
    ObjectNode document =
        Json.MAPPER
            .createObjectNode()
            .put("type", type.uri())
            .put("title", type.title(wording))
            .put("status", type.status())
            .put("detail", type.text(wording));
    if (!errors.isEmpty()) {
      document.set("errors", Json.MAPPER.valueToTree(errors));
    }
    return Reply.json(type.status(), "application/problem+json", document)
        .with("Content-Language", wording.language());
  }
}
