package io.vestibule.local.gateway;

import io.vestibule.local.aws.Backend.Request;
import io.vestibule.local.aws.Operation;
import io.vestibule.local.iam.CallShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which calls functions make: the shape of each, once, in a file to which several accounts and
 * several processes add. So a whole test run can be compared with the one before: it shows calls
 * that are new, and calls that are not made any more.
 */
public final class CallInventory {

  private static final String FILE = "vestibule.calls";

  private final Optional<Path> file;
  private final Set<String> written = ConcurrentHashMap.newKeySet();

  private CallInventory(Optional<Path> file) {
    this.file = file;
  }

  /** Adds to that file, which need not be there. */
  public static CallInventory in(Path file) {
    return new CallInventory(Optional.of(file));
  }

  /** Writes nothing. */
  public static CallInventory none() {
    return new CallInventory(Optional.empty());
  }

  /** Into the file that the system property {@code vestibule.calls} names, or nowhere. */
  public static CallInventory ofThisRun() {
    return new CallInventory(Optional.ofNullable(System.getProperty(FILE)).map(Path::of));
  }

  /** Takes note of a function's call, allowed or not. */
  void add(String function, Operation operation, Request request) {
    if (file.isEmpty()) {
      return;
    }
    for (String shape : CallShape.of(operation, request)) {
      String line = function + " | " + shape + "\n";
      if (written.add(line)) {
        append(file.get(), line);
      }
    }
  }

  /** One small write at the end of a file is not torn by another process's. */
  private static void append(Path file, String line) {
    try {
      Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
