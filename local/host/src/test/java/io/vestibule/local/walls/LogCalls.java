package io.vestibule.local.walls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds, in a compiled class, each call of a logger and what is handed to it: whatever is loaded
 * between the logger itself and the call.
 */
final class LogCalls {

  private static final String LOGGER = "org.slf4j.Logger";

  private LogCalls() {}

  /**
   * One call.
   *
   * @param where class and method
   * @param level the logger's method
   * @param loaded what is loaded for it, in order
   */
  record LogCall(String where, String level, List<Loaded> loaded) {}

  /**
   * A value that is loaded.
   *
   * @param type the name of its class
   * @param next the name of the class whose constructor or method takes it last; empty if none does
   * @param isRead whether a field is read from it, and nothing else done with it
   */
  record Loaded(String type, String next, boolean isRead) {}

  static Stream<LogCall> of(URI classFile) {
    try (var content = classFile.toURL().openStream()) {
      var parsed = ClassFile.of().parse(content.readAllBytes());
      String name = parsed.thisClass().name().stringValue().replace('/', '.');
      return parsed.methods().stream().flatMap(method -> of(name, method));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<LogCall> of(String className, MethodModel method) {
    String where = className + "." + method.methodName().stringValue();
    return method.code().stream().flatMap(code -> of(where, code));
  }

  private static Stream<LogCall> of(String where, CodeModel code) {
    var calls = new ArrayList<LogCall>();
    var loaded = new ArrayList<Loaded>();
    String last = "";
    int at = 0;
    for (var element : code) {
      if (!(element instanceof Instruction instruction)) {
        continue;
      }
      if (!last.isEmpty()) {
        loaded.add(new Loaded(last, taker(instruction), isRead(instruction)));
      }
      if (instruction instanceof InvokeInstruction call && owner(call).equals(LOGGER)) {
        calls.add(new LogCall(where, call.name().stringValue(), List.copyOf(loaded)));
      }
      last = type(instruction, (CodeAttribute) code, at);
      if (last.equals(LOGGER)) {
        loaded.clear();
        last = "";
      }
      at += instruction.sizeInBytes();
    }
    return calls.stream();
  }

  private static String taker(Instruction instruction) {
    return instruction instanceof InvokeInstruction call ? owner(call) : "";
  }

  private static boolean isRead(Instruction instruction) {
    return instruction.opcode() == Opcode.GETFIELD;
  }

  private static String owner(InvokeInstruction call) {
    return call.owner().name().stringValue().replace('/', '.');
  }

  /** The class of what an instruction leaves behind, as far as it can be told; else empty. */
  private static String type(Instruction instruction, CodeAttribute code, int at) {
    return switch (instruction) {
      case InvokeInstruction call when call.name().stringValue().equals("<init>") -> owner(call);
      case InvokeInstruction call -> name(call.typeSymbol().returnType().descriptorString());
      case FieldInstruction field -> name(field.type().stringValue());
      case TypeCheckInstruction check -> check.type().name().stringValue().replace('/', '.');
      case LoadInstruction load -> local(code, load.slot(), at);
      default -> "";
    };
  }

  private static String local(CodeAttribute code, int slot, int at) {
    return code.findAttribute(Attributes.localVariableTable()).stream()
        .flatMap(table -> table.localVariables().stream())
        .filter(it -> it.slot() == slot)
        .filter(it -> it.startPc() <= at && at < it.startPc() + it.length())
        .map(it -> name(it.type().stringValue()))
        .findFirst()
        .orElse("");
  }

  private static String name(String descriptor) {
    return descriptor.startsWith("L")
        ? descriptor.substring(1, descriptor.length() - 1).replace('/', '.')
        : "";
  }
}
