"""The faults and attacks that TokenWatch must stand, and which tests show it for each.

Owns the table. Does not own the tests, nor running them (__main__.py). A row whose tests are empty says why.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """``tests`` are "file" or "file::name", below the folder of tests; ``open`` what is not shown, and why."""

    id: str
    what: str
    tests: tuple[str, ...] = ()
    open: str = ""


NOT_HERE = "needs another computer than this kind"

FAULTS = (
    Row("1", "killed at any instant", ("collect/test_kill.py", "ledger/test_killed.py")),
    Row(
        "2",
        "loss of power",
        ("faults/test_ledger_faults.py::test_a_torn_write_ahead_log_falls_back_to_a_whole_state_and_catches_up",),
        f"a real loss of power: {NOT_HERE}",
    ),
    Row(
        "3",
        "disk full",
        (
            "faults/test_ledger_faults.py::test_a_disk_that_is_full_at_any_point_loses_nothing",
            "cli/test_troubles.py::test_a_full_disk_is_said_and_counting_goes_on_when_there_is_space",
            "engine/test_engine_trouble.py::test_a_full_disk_stops_the_counting_until_there_is_space",
        ),
    ),
    Row(
        "4",
        "ledger damaged",
        (
            "faults/test_ledger_faults.py::test_a_damaged_ledger_never_tells_a_wrong_total",
            "ledger/test_rescue.py",
            "engine/test_guard.py",
        ),
        "a flipped bit in a name or in a reader's carry is not told from a true one",
    ),
    Row(
        "5",
        "format newer or older",
        (
            "faults/test_ledger_faults.py::test_bringing_an_older_format_up_to_date_may_end_at_any_statement",
            "ledger/test_released.py",
            "ledger/test_schema.py",
        ),
    ),
    Row("6", "rotation by renaming", ("collect/test_scripts.py",)),
    Row(
        "7",
        "cut, copied and cut, rewritten in place",
        ("collect/test_scripts.py", "collect/test_tail.py::test_file_truncated_to_more_than_was_read_is_read_again"),
    ),
    Row("8", "file number used again", ("collect/test_tail.py::test_file_number_used_again_is_another_file",)),
    Row(
        "9",
        "half a last line",
        (
            "collect/test_tail.py::test_file_written_byte_by_byte_gives_each_line_once",
            "collect/test_tail.py::test_partial_last_line_waits_for_its_end",
        ),
    ),
    Row(
        "10",
        "very long line",
        (
            "faults/test_log_faults.py::test_a_line_without_end_is_skipped_in_bounded_memory_and_its_neighbours_are_kept",
            "collect/test_tail.py::test_limit_as_shipped_keeps_a_line_just_below_and_skips_one_just_above",
        ),
    ),
    Row(
        "11",
        "garbage",
        (
            "faults/test_log_faults.py::test_mutated_lines_of_every_agent_raise_nothing_and_count_nothing_absurd",
            "readers/test_contract.py::test_damage_raises_nothing",
            "readers/test_contract.py::test_absurd_numbers_give_no_absurd_counts",
        ),
    ),
    Row(
        "12",
        "the same record again",
        (
            "ledger/test_families.py",
            "ledger/test_ledger.py::test_order_repetition_and_cuts_change_no_sum",
            "readers/test_contract.py::test_any_order_of_sources_and_any_chunks_are_as_whole",
            "readers/test_contract.py::test_a_copy_of_the_folder_adds_nothing",
        ),
    ),
    Row(
        "13",
        "agent deletes its logs",
        (
            "collect/test_scanner.py::test_a_deleted_log_stays_counted",
            "engine/test_books.py::test_logs_that_are_gone_stay_counted",
        ),
        "checkpoints of vanished logs are kept, not dropped after 30 days",
    ),
    Row(
        "14",
        "permission denied, later granted",
        (
            "collect/test_scanner.py::test_a_log_that_may_not_be_read_says_how_to_allow_it_and_is_found_when_it_may",
            "cli/test_troubles.py::test_a_folder_that_may_not_be_read_is_said_with_what_allows_it",
        ),
    ),
    Row(
        "15",
        "folder, pipe, device or link in a log's place",
        (
            "attacks/test_hostile_names.py::test_a_tree_of_traps_is_passed_over",
            "collect/test_tail.py::test_what_took_the_place_of_a_file_is_not_read",
            "collect/test_discover.py::test_links_in_a_circle_end",
        ),
    ),
    Row(
        "16",
        "events lost",
        ("faults/test_log_faults.py::test_a_burst_of_files_without_any_event_is_found_by_the_next_scan",),
    ),
    Row(
        "17",
        "limit of watches",
        (
            "collect/test_watcher.py::test_a_real_limit_is_noticed_and_when_it_is_raised_all_is_watched",
            "collect/test_watcher.py::test_no_observer_at_all_is_said_and_tried_again",
        ),
    ),
    Row(
        "18",
        "network file system",
        (
            "system/test_file_system.py",
            "ledger/test_remote_ledger.py",
            "collect/test_watcher.py::test_a_folder_on_another_computer_is_watched_and_polled",
            "engine/test_remote_home.py",
            "collect/test_kill.py",
        ),
        f"real NFS and SMB servers: {NOT_HERE}",
    ),
    Row(
        "19",
        "sleep and resume",
        (
            "engine/test_core.py::test_sleep_makes_no_rate",
            "engine/test_schedule.py::test_sleep_that_only_the_other_clock_counts_is_a_jump",
            "live/test_intervals.py::test_sleep_belongs_to_no_span",
        ),
        f"a computer that really sleeps: {NOT_HERE}",
    ),
    Row(
        "20",
        "clock set, summer time, other zone",
        (
            "engine/test_core.py::test_a_clock_that_was_wrong_for_a_while_costs_no_rate",
            "base/test_clock.py",
            "base/test_zone.py",
        ),
    ),
    Row(
        "21",
        "many starts at once",
        (
            "system/test_instance.py::test_of_many_that_start_at_once_one_gets_the_lock_and_when_it_is_killed_another",
            "system/test_instance.py::test_killed_owner_frees_the_lock",
        ),
    ),
    Row(
        "22",
        "commands beside the app",
        (
            "engine/test_engine.py::test_it_runs_on_beside_one_that_only_reads",
            "engine/test_look_once.py::test_beside_the_owner_its_figures_are_shown_with_what_runs_now",
            "faults/test_beside.py",
        ),
    ),
    Row(
        "23",
        "an agent is disturbed",
        ("readers/database/test_pages.py", "collect/test_tail.py::test_no_file_stays_open"),
        f"renaming under Windows: {NOT_HERE}",
    ),
    Row(
        "24",
        "a plug-in fails",
        (
            "collect/test_scanner.py::test_a_reader_that_fails_on_one_source_leaves_the_others_alone",
            "collect/test_soundness.py",
            "engine/test_engine.py::test_a_reader_that_fails_leaves_the_others_alone",
            "engine/test_pulse.py",
        ),
        "one that never returns is said, not ended",
    ),
    Row("25", "network down, slow or wrong", ("remote/test_transport.py",)),
    Row(
        "26",
        "quit, log-off, SIGTERM",
        ("engine/test_engine_stop.py", "gui/test_quit_signals.py", "gui/test_app.py::test_sigterm_quits"),
    ),
    Row("27", "growth", (), "measured by make bench (idle, memory, second scan), not here"),
    Row(
        "28",
        "no tray, notifications, keyring or display",
        (
            "desktop/test_desktops.py",
            "system/test_display.py",
            "system/test_desktop_services.py",
            "remote/test_secrets.py::test_no_keyring_means_accounts_are_off_and_says_how_to_get_one",
        ),
    ),
    Row("29", "odd processes", ("live/test_programs.py", "live/test_processes.py", "live/test_registry.py")),
    Row("30", "a reader counted wrong and is corrected", ("collect/test_renewal.py",)),
)

ATTACKS = (
    Row(
        "S1",
        "rich text in names",
        (
            "gui/test_hostile_walk.py",
            "gui/widgets/test_tips.py",
            "gui/widgets/test_lettering.py::test_hostile_text_is_drawn_within_its_room",
            "attacks/test_widgets.py",
        ),
    ),
    Row(
        "S2",
        "markup in notifications",
        (
            "gui/test_notify_freedesktop.py::test_markup_is_escaped_only_where_it_would_be_read",
            "gui/test_notify_freedesktop.py::test_hostile_text_is_cleaned_and_cut",
        ),
    ),
    Row(
        "S3",
        "control characters",
        ("attacks/test_hostile_names.py::test_no_control_character_reaches_the_terminal", "base/test_text.py"),
    ),
    Row(
        "S4",
        "a repository that runs programs",
        (
            "attacks/test_private_text.py::test_nobody_is_called_and_no_program_is_run",
            "attacks/test_private_text.py::test_the_hook_would_notice",
        ),
        "no git is run at all, so no wrapper is tried",
    ),
    Row(
        "S5",
        "a path as option or command",
        ("attacks/test_hostile_names.py::test_a_path_that_looks_like_an_option_or_a_command_has_no_effect",),
    ),
    Row(
        "S6",
        "links in an agent's folder",
        (
            "attacks/test_hostile_names.py::test_a_tree_of_traps_is_passed_over",
            "collect/test_discover.py::test_link_out_of_the_root_or_to_nothing_is_not_followed",
        ),
    ),
    Row(
        "S7",
        "links where we write",
        (
            "attacks/test_hostile_names.py::test_a_link_where_we_write_leaves_its_target_alone",
            "system/test_instance.py::test_lock_that_is_a_link_is_refused_and_its_target_untouched",
        ),
    ),
    Row(
        "S8",
        "others read our data",
        (
            "attacks/test_private_text.py::test_everything_of_ours_is_for_its_owner_only",
            "ledger/test_schema.py::test_only_the_owner_may_read_it_under_any_umask",
            "cli/test_recordings.py::test_our_files_are_for_their_owner_only",
        ),
    ),
    Row(
        "S9",
        "keys leak",
        (
            "desktop/test_canary_run.py",
            "desktop/test_keyring.py",
            "remote/test_secrets.py",
            "remote/test_transport.py::test_no_error_tells_the_key",
        ),
    ),
    Row(
        "S10",
        "private text leaks",
        (
            "attacks/test_private_text.py::test_no_prompt_answer_or_argument_is_stored_or_shown",
            "attacks/test_private_text.py::test_a_canary_that_may_be_kept_is_found_by_the_same_search",
            "desktop/test_canary_run.py",
            "readers/test_contract.py::test_turns_carry_no_content",
        ),
    ),
    Row(
        "S11",
        "key sent elsewhere",
        (
            "remote/test_transport.py::test_redirect_is_refused_and_the_key_goes_nowhere",
            "remote/test_transport.py::test_no_other_host_is_asked",
        ),
    ),
    Row(
        "S12",
        "formula in CSV",
        ("attacks/test_hostile_names.py::test_no_cell_of_a_table_is_a_formula", "export/test_csv_file.py"),
    ),
    Row("S13", "SQL in names", ("attacks/test_hostile_names.py::test_sql_in_a_name_is_a_name",)),
    Row("S14", "hostile databases", ("readers/database/test_pages.py",)),
    Row(
        "S15",
        "bombs of JSON",
        (
            "readers/test_jsonl.py::test_no_value_raises_or_is_absurd",
            "faults/test_log_faults.py::test_mutated_lines_of_every_agent_raise_nothing_and_count_nothing_absurd",
        ),
    ),
    Row("S16", "the local socket", ("system/test_instance.py",)),
    Row(
        "S17",
        "false prices",
        ("pricing/test_overrides.py", "remote/test_price_feed.py::test_prices_that_are_not_credible_are_not_kept"),
    ),
    Row(
        "S18",
        "files of other computers",
        ("attacks/test_foreign_formats.py",),
        "there is no fleet in this version, so none is read; what stays is that nothing is unpickled",
    ),
    Row(
        "S19",
        "the entry that starts it at login",
        ("system/test_autostart.py",),
        f"Windows and macOS take their own entries: written and read back, {NOT_HERE}",
    ),
    Row(
        "S20",
        "foreign modules in the current directory",
        (
            "cli/test_main.py::test_modules_in_the_current_directory_are_not_taken_for_ours",
            "collect/test_importer.py::test_a_worker_loads_no_module_of_the_current_directory",
        ),
    ),
    Row(
        "S21",
        "an altered dependency or bundle",
        ("architecture/test_setup_files.py::test_every_pin_is_exact_and_has_hashes",),
        "the bundle's own bill is checked by make bundle",
    ),
)
