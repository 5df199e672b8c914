// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.hooks;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one hook would say of a file, tried without any file.
 *
 * @param verdict what a hook before a transfer says; one after a transfer lets everything pass
 * @param metadata what is known of the file afterwards
 * @param grants who would be let in, as the hook names them; not looked up
 * @param complaints what the hook could not do
 */
public record HookTrial(
    Verdict verdict,
    Map<String, @Nullable Object> metadata,
    List<Wanted> grants,
    List<String> complaints) {

  /**
   * Somebody who would see the file.
   *
   * @param granteeType user, group or project
   */
  public record Wanted(String granteeType, String name) {}

  /** Asks the hook as a run would, whether it is switched on or not. */
  static HookTrial of(Hook hook, HookSubject file) {
    HookChain alone = new HookChain(List.of(hook));
    HookChain.Findings findings = alone.tell(file);
    return new HookTrial(
        alone.judge(file),
        findings.metadata(),
        findings.grants().stream()
            .map(HookChain.Asked::wanted)
            .map(wanted -> new Wanted(wanted.type().word(), wanted.name()))
            .toList(),
        findings.complaints().stream().map(HookChain.Complaint::message).toList());
  }
}
