package io.vestibule.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Duration;

/**
 * The time that processors have given to a process, in nanoseconds where {@code /proc} counts in
 * hundredths of a second: that of all its threads, user and system, also of those that have ended.
 * Linux only.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/clock_getcpuclockid.3.html">
 *     clock_getcpuclockid(3)</a>
 */
final class CpuClock {

  private static final int SCHEDULED_TIME = 2;

  @SuppressWarnings("restricted") // One call of the C library, as it is documented.
  private static final MethodHandle CLOCK_GETTIME =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("clock_gettime"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

  private CpuClock() {}

  /**
   * What a process has had so far.
   *
   * @throws IllegalStateException it has ended
   */
  static Duration of(long pid) {
    try (var arena = Arena.ofConfined()) {
      var time = arena.allocate(JAVA_LONG, 2);
      if (gettime((int) ((~pid << 3) | SCHEDULED_TIME), time) != 0) {
        throw new IllegalStateException("Process " + pid + " has ended");
      }
      return Duration.ofSeconds(time.getAtIndex(JAVA_LONG, 0), time.getAtIndex(JAVA_LONG, 1));
    }
  }

  private static int gettime(int clock, MemorySegment time) {
    try {
      return (int) CLOCK_GETTIME.invokeExact(clock, time);
    } catch (Throwable e) { // Declared by every handle; this one throws nothing.
      throw new LinkageError("clock_gettime", e);
    }
  }
}
