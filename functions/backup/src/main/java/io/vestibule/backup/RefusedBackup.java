package io.vestibule.backup;

/** A backup that is not what was written, or not all of it: a sentence that names the file. */
public final class RefusedBackup extends RuntimeException {

  RefusedBackup(String file, String whatIsWrong) {
    super("The backup is refused: %s %s. Nothing was written.".formatted(file, whatIsWrong));
  }
}
