// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import io.entrepot.server.admin.doctor.Outcome.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** All that was found, in words and in JSON. */
record Report(List<Diagnosis> found) {

  private static final String LINE = "%-18s %s%n";

  Report {
    found = List.copyOf(found);
  }

  boolean isWell() {
    return found.stream().noneMatch(Diagnosis::isFaulty);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    int well = 0;
    int faults = 0;
    int others = 0;
    for (Diagnosis diagnosis : found) {
      switch (diagnosis.outcome()) {
        case Outcome.Well _ -> {
          well++;
          text.append(LINE.formatted(diagnosis.check(), "well"));
        }
        case Outcome.NotApplicable(var why) -> {
          others++;
          text.append(LINE.formatted(diagnosis.check(), "not applicable: " + why));
        }
        case Outcome.Faulty(var listed) -> {
          faults += listed.size();
          for (Fault fault : listed) {
            text.append(LINE.formatted(diagnosis.check(), "FAULT: " + fault.problem()));
            text.append(LINE.formatted("", "to do: " + fault.remedy()));
          }
        }
      }
    }
    String last = "%d well, %d with nothing to look at, %s".formatted(well, others, count(faults));
    return text.append(last).toString();
  }

  private static String count(int faults) {
    return switch (faults) {
      case 0 -> "no fault";
      case 1 -> "1 fault";
      default -> faults + " faults";
    };
  }

  String json() {
    List<Map<String, Object>> checks = new ArrayList<>();
    for (Diagnosis diagnosis : found) {
      Map<String, Object> check = new LinkedHashMap<>();
      check.put("check", diagnosis.check());
      switch (diagnosis.outcome()) {
        case Outcome.Well _ -> check.put("state", "well");
        case Outcome.NotApplicable(var why) -> {
          check.put("state", "not applicable");
          check.put("why", why);
        }
        case Outcome.Faulty(var faults) -> {
          check.put("state", "fault");
          check.put("faults", faults);
        }
      }
      checks.add(check);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("well", isWell());
    all.put("checks", checks);
    return JsonMapper.builder().build().writeValueAsString(all);
  }
}
