package io.vestibule.web;

import io.vestibule.core.Sha256;
import io.vestibule.core.forms.Business;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * The style sheet that each page carries in itself.
 *
 * @param hash SHA-256 of it, in base64, as a page's policy names it
 */
public record PageStyle(String text, String hash) {

  /** The look of all pages. */
  public static PageStyle of(Business business) {
    return of(business, "");
  }

  /** The look of all pages, and what some of them have besides. */
  public static PageStyle of(Business business, String more) {
    String text = read(PageStyle.class, "pages.css").replace("{accent}", business.accent()) + more;
    byte[] hash = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    return new PageStyle(text, Base64.getEncoder().encodeToString(hash));
  }

  /** A style sheet that lies beside a class. */
  public static String read(Class<?> beside, String name) {
    try (InputStream file = beside.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
