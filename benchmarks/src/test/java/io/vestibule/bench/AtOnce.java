package io.vestibule.bench;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Work that several do at the same time, as many as keep two processors busy. */
final class AtOnce {

  private static final int WORKERS = 8;

  private AtOnce() {}

  /** One piece of it. */
  interface Piece {
    void work() throws Exception;
  }

  /** Does all of it, and returns when it is done. */
  static void work(List<Piece> pieces) throws InterruptedException, ExecutionException {
    try (var workers = Executors.newFixedThreadPool(WORKERS)) {
      for (var done : workers.invokeAll(pieces.stream().map(AtOnce::callable).toList())) {
        done.get();
      }
    }
  }

  private static Callable<Object> callable(Piece piece) {
    return () -> {
      piece.work();
      return piece;
    };
  }
}
