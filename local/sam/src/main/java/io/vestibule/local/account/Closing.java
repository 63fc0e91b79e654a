package io.vestibule.local.account;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Parts that were started, to be closed in the opposite order. */
public final class Closing implements Closeable {

  private final Deque<Closeable> begun = new ArrayDeque<>();

  public void then(Closeable end) {
    begun.push(end);
  }

  /** Ends everything, also after something would not end; that is thrown last. */
  @Override
  public void close() throws IOException {
    @Nullable IOException first = null;
    while (!begun.isEmpty()) {
      try {
        begun.pop().close();
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
