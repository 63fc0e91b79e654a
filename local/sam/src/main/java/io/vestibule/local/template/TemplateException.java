package io.vestibule.local.template;

/** The template says something that cannot be read or carried out; the message names the place. */
public final class TemplateException extends RuntimeException {

  /**
   * @param place as a path into the template, for example {@code Resources/BackupBucket/Properties}
   */
  TemplateException(String place, String message) {
    super(place + ": " + message);
  }

  TemplateException(String place, String message, Throwable cause) {
    super(place + ": " + message, cause);
  }
}
