// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import java.util.Locale;

/** A kind of thing that administrators set up, delete and restore. */
enum Room {
  INSTRUMENTS(
      "Instruments",
      "instruments",
      "instrument",
      "Nothing more is brought in from it. The files it brought, their versions and their custody"
          + " stay, and so does everything on the instrument itself."),
  STORAGE(
      "Storage locations",
      "storage-locations",
      "storage location",
      "Nothing more is copied there. The files that are there stay where they are and can still be"
          + " downloaded."),
  SCHEDULES(
      "Schedules",
      "schedules",
      "schedule",
      "It starts no harvest any more. What it brought in stays."),
  ACCOUNTS(
      "Service accounts",
      "service-accounts",
      "service account",
      "Nobody signs in with it any more. Its secrets stay sealed."),
  HOOKS("Hooks", "hooks", "hook", "It is not asked about files any more. What it did stays."),
  PEOPLE(
      "People",
      "admin/users",
      "account",
      "Nobody signs in with it any more, and what is signed in now is ended. What it owns stays."),
  GROUPS(
      "Groups",
      "groups",
      "group",
      "What its members could see through it they no longer see. Who is in it is remembered."),
  PROJECTS(
      "Projects",
      "projects",
      "project",
      "What its members could see through it they no longer see. Who is in it is remembered.");

  private final String title;
  private final String collection;
  private final String thing;
  private final String consequence;

  Room(String title, String collection, String thing, String consequence) {
    this.title = title;
    this.collection = collection;
    this.thing = thing;
    this.consequence = consequence;
  }

  /** What its list is called. */
  public String title() {
    return title;
  }

  /** Its collection in the API. */
  public String collection() {
    return collection;
  }

  /** What one of them is called in a sentence. */
  public String thing() {
    return thing;
  }

  /** What ends and what stays when one is deleted. */
  public String consequence() {
    return consequence;
  }

  /** Its word in addresses and its mark in the navigation. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String address() {
    return "/ui/" + word();
  }
}
