package io.vestibule.store.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** What a function prints: its lines and its counts. */
final class Printed {

  private Printed() {}

  /** What is printed meanwhile. Where it goes to afterwards is not changed. */
  static String by(Runnable work) {
    var printed = new ByteArrayOutputStream();
    var before = System.out;
    var watched = new PrintStream(printed, true, UTF_8);
    System.setOut(watched);
    try {
      work.run();
      assertThat(System.out).as("where the function prints to").isSameAs(watched);
    } finally {
      System.setOut(before);
    }
    return printed.toString(UTF_8);
  }
}
