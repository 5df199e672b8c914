// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.hooks;

import io.entrepot.base.Id;
import io.entrepot.server.database.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hooks in force for one run, in the order of their priority. Of the hooks before a transfer
 * the first that says anything but "proceed" decides; the hooks after one are all asked, each
 * seeing the metadata found so far.
 */
public final class HookChain {

  /** The setting of a hook that says what becomes of a file when it fails. */
  static final String ON_ERROR = "on_error";

  private static final int WORDING_LENGTH = 16;

  private final List<Before> before = new ArrayList<>();
  private final List<After> after = new ArrayList<>();
  private final Set<String> rules = new HashSet<>();
  private final String wording;

  /** A hook before a transfer. */
  private interface Judge {
    Verdict judge(HookSubject file);
  }

  /** A hook after a transfer: adds to what was found. */
  private interface Teller {
    void tell(HookSubject file, Findings findings);
  }

  /**
   * @param rule changes with this hook and with those that are asked before it
   */
  private record Before(Hook hook, String rule, Judge judge) {}

  private record After(Hook hook, Teller teller) {}

  /** What the hooks after a transfer found. */
  public record Findings(
      Map<String, @Nullable Object> metadata, List<Asked> grants, List<Complaint> complaints) {}

  /** Somebody whom a hook lets see the file. */
  public record Asked(Hook hook, AccessAssignment.Wanted wanted) {}

  /** Something that a hook could not do. */
  public record Complaint(Hook hook, String message) {}

  HookChain(List<Hook> hooks) {
    StringBuilder all = new StringBuilder();
    for (Hook hook : hooks) {
      if (hook.settings().point() == HookDraft.Point.PRE_TRANSFER) {
        all.append(hook.id()).append(behind(hook)).append(Json.text(hook.settings().config()));
        before.add(new Before(hook, "hook:" + hook.id() + ":" + hash(all.toString()), judge(hook)));
      } else {
        after.add(new After(hook, teller(hook)));
      }
    }
    wording = "hooks:" + hash(all.toString());
    before.forEach(one -> rules.add(one.rule));
    rules.add(wording);
  }

  /** What is called; nothing is, where it is built in. */
  private static String behind(Hook hook) {
    HookDraft.Action action = hook.settings().action();
    return switch (action.implementation()) {
      case BUILTIN -> "";
      case PYTHON_SCRIPT -> "script " + action.scriptPath();
      case HTTP_WEBHOOK -> "webhook " + action.webhookUrl();
    };
  }

  /** What all hooks before a transfer say together; another when any is added, changed or gone. */
  public String rule() {
    return wording;
  }

  /** What one hook says after those before it; another when any of them changes or is gone. */
  public String rule(Hook by) {
    return before.stream()
        .filter(one -> one.hook.id().equals(by.id()))
        .map(Before::rule)
        .findFirst()
        .orElseThrow();
  }

  /** Whether what was decided by a rule would be decided so again. */
  public boolean isInForce(@Nullable String rule) {
    return rules.contains(rule);
  }

  public Verdict judge(HookSubject file) {
    for (Before one : before) {
      Verdict verdict = one.judge.judge(file);
      if (!(verdict instanceof Verdict.Proceed)) {
        return verdict;
      }
    }
    return new Verdict.Proceed();
  }

  public Findings tell(HookSubject file) {
    Findings findings = nothing(file);
    for (After one : after) {
      one.teller.tell(file.with(findings.metadata()), findings);
    }
    return findings;
  }

  /**
   * Tells hooks again that failed for this file, and those after them where that found more.
   *
   * @param failed ids of hooks; one that is no longer in force is passed over
   */
  public Findings tellAgain(HookSubject file, Set<Id> failed) {
    Findings findings = nothing(file);
    for (After one : after) {
      if (failed.contains(one.hook.id()) || !findings.metadata().equals(file.metadata())) {
        one.teller.tell(file.with(findings.metadata()), findings);
      }
    }
    return findings;
  }

  private static Findings nothing(HookSubject file) {
    return new Findings(new LinkedHashMap<>(file.metadata()), new ArrayList<>(), new ArrayList<>());
  }

  private static Judge judge(Hook hook) {
    if (Builtin.ofWord(hook.settings().action().builtinName()).isPresent()
        && hook.settings().action().implementation() == HookDraft.Implementation.BUILTIN) {
      FileFilter filter = FileFilter.of(hook.settings().config());
      return file -> filter.judge(hook, file);
    }
    Map<String, @Nullable Object> config = hook.settings().config();
    if (config != null && "proceed".equals(config.get(ON_ERROR))) {
      return _ -> new Verdict.Proceed();
    }
    return _ -> new Verdict.Hold(hook, cannotRun(hook));
  }

  private static Teller teller(Hook hook) {
    if (hook.settings().action().implementation() != HookDraft.Implementation.BUILTIN) {
      return (_, findings) -> findings.complaints().add(new Complaint(hook, cannotRun(hook)));
    }
    return switch (Builtin.ofWord(hook.settings().action().builtinName()).orElseThrow()) {
      case METADATA_ENRICHMENT -> {
        MetadataEnrichment enrichment = MetadataEnrichment.of(hook.settings().config());
        yield (file, findings) -> {
          List<String> complaints = new ArrayList<>();
          findings.metadata().putAll(enrichment.find(file, complaints));
          complaints.forEach(text -> findings.complaints().add(new Complaint(hook, text)));
        };
      }
      case ACCESS_ASSIGNMENT -> {
        AccessAssignment assignment = AccessAssignment.of(hook.settings().config());
        yield (file, findings) ->
            assignment.find(file).forEach(wanted -> findings.grants().add(new Asked(hook, wanted)));
      }
      case FILE_FILTER -> throw new IllegalStateException("a file filter runs before a transfer");
    };
  }

  private static String cannotRun(Hook hook) {
    return "The hook "
        + hook.name()
        + " is a "
        + hook.settings().action().implementation().word()
        + ", which this server cannot run yet. Switch it off, or set on_error to proceed.";
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, WORDING_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
