package io.vestibule.backup;

import io.vestibule.core.WorkThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Work in parallel, a few pieces at a time: what is in memory is what these few hold. */
public final class Parallel {

  private Parallel() {}

  /**
   * Does all the work, on virtual threads.
   *
   * @param width how many pieces at a time
   * @return the results in the order of the work
   * @throws UncheckedIOException or what else a piece threw, once the others, interrupted, have
   *     ended too: Lambda may use this process again, and nothing of this run may meet the next
   */
  public static <T> List<T> all(int width, List<? extends Callable<T>> work) {
    try (var threads = WorkThreads.some(width)) {
      try {
        List<Future<T>> running = new ArrayList<>();
        work.forEach(piece -> running.add(threads.submit(piece)));
        return running.stream().map(Parallel::result).toList();
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static <T> T result(Future<T> piece) {
    try {
      return piece.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException thrown -> throw thrown;
        case Error thrown -> throw thrown;
        case IOException thrown -> throw new UncheckedIOException(thrown);
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The function was stopped meanwhile", e);
    }
  }
}
