package io.vestibule.local.doctor;

import java.time.Instant;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A stack as it was deployed.
 *
 * @param name of the stack
 * @param isLocal whether it runs on this machine
 * @param now by its clock
 * @param parameters of the template, with their values
 * @param outputs of the template
 */
record Installed(
    String name,
    boolean isLocal,
    Instant now,
    Map<String, String> parameters,
    Map<String, String> outputs) {

  /** A parameter of the template; empty if it has no value. */
  String parameter(String parameter) {
    return parameters.getOrDefault(parameter, "");
  }

  /**
   * An output of the template.
   *
   * @throws NoSuchElementException if the stack is of a version that has none of this name
   */
  String output(String output) {
    return Optional.ofNullable(outputs.get(output))
        .orElseThrow(() -> new NoSuchElementException("the stack has no output " + output));
  }
}
