package io.vestibule.local.host;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines that one function printed. */
final class FunctionLog {

  private static final int LINES_KEPT = 10_000;

  private final Deque<String> lines = new ArrayDeque<>();
  private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();

  synchronized void write(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n') {
        endLine();
      } else {
        unfinished.write(bytes[i]);
      }
    }
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  private void endLine() {
    lines.addLast(unfinished.toString(StandardCharsets.UTF_8).stripTrailing());
    unfinished.reset();
    if (lines.size() > LINES_KEPT) {
      lines.removeFirst();
    }
  }
}
