package io.vestibule.core.forms;

/**
 * One thing wrong with what a person entered.
 *
 * @param pointer where: a JSON Pointer (RFC 6901) into what was posted, for example {@code /email}
 * @param detail what to do about it, a sentence in the person's language; never what they typed
 */
public record FieldError(String pointer, String detail) {

  /** An error at a member of the posted object. */
  public static FieldError at(String name, String detail) {
    return new FieldError("/" + name.replace("~", "~0").replace("/", "~1"), detail);
  }
}
