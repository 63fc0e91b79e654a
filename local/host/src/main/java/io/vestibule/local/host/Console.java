package io.vestibule.local.host;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells apart what each function prints.
 *
 * <p>In Lambda a process is one function, and what it prints is its log. Here all functions share a
 * process: while a console is open, what a function's thread prints to {@code System.out} or {@code
 * System.err} is kept as that function's log, and all else goes to the terminal. Threads that a
 * function starts belong to it.
 */
public final class Console implements AutoCloseable {

  private final PrintStream terminal = System.out;
  private final PrintStream errors = System.err;
  private final Map<String, FunctionLog> logs = new ConcurrentHashMap<>();

  @SuppressWarnings("ThreadLocalUsage") // Static state is what this class exists to undo.
  private final ThreadLocal<@Nullable FunctionLog> current = new InheritableThreadLocal<>();

  private Console() {}

  /** Takes the process's output over, until it is closed. */
  public static Console open() {
    var console = new Console();
    System.setOut(console.new Divided(console.terminal).asPrintStream());
    System.setErr(console.new Divided(console.errors).asPrintStream());
    return console;
  }

  /** The terminal itself, for what the host has to say from any thread. */
  public PrintStream terminal() {
    return terminal;
  }

  /** Runs something as a function: what it prints is in that function's log. */
  public <T> T as(String function, Callable<T> work) throws Exception {
    @Nullable FunctionLog before = current.get();
    current.set(log(function));
    try {
      return work.call();
    } finally {
      current.set(before);
    }
  }

  /** Adds to a function's log what Lambda itself has to say about it. */
  void print(String function, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    log(function).write(bytes, 0, bytes.length);
  }

  /** A function's last lines, oldest first. */
  public List<String> lines(String function) {
    return log(function).lines();
  }

  /** Every function that was run, and its last lines. */
  public SortedMap<String, List<String>> lines() {
    var lines = new TreeMap<String, List<String>>();
    logs.forEach((function, log) -> lines.put(function, log.lines()));
    return lines;
  }

  @Override
  public void close() {
    System.setOut(terminal);
    System.setErr(errors);
  }

  private FunctionLog log(String function) {
    return logs.computeIfAbsent(function, name -> new FunctionLog());
  }

  /** Sends bytes to the log of the function that writes them, or to the terminal. */
  private final class Divided extends OutputStream {

    private final PrintStream fallback;

    private Divided(PrintStream fallback) {
      this.fallback = fallback;
    }

    private PrintStream asPrintStream() {
      return new PrintStream(this, true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      @Nullable FunctionLog log = current.get();
      if (log == null) {
        fallback.write(bytes, offset, length);
      } else {
        log.write(bytes, offset, length);
      }
    }

    @Override
    public void flush() {
      fallback.flush();
    }
  }
}
