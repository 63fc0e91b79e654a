package io.vestibule.local.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts Chromium for the first test that asks for it, and ends it after the last of the run. */
final class SharedChromium implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType().equals(Chromium.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getRoot()
        .getStore(Namespace.create(Chromium.class))
        .getOrComputeIfAbsent(Chromium.class, _ -> start(), Chromium.class);
  }

  private static Chromium start() {
    try {
      return new Chromium();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
