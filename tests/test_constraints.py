"""What the database refuses by itself, whoever writes to it: each constraint, violated once."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Connection, PrimaryKeyConstraint, text
from sqlalchemy.exc import IntegrityError

from tourapp.db import Model

NEW_KEY = "INSERT INTO token (id, person_id, label, digest, scopes, created_at, ends_at) VALUES "
NEW_DRAFT = (
    "INSERT INTO draft (id, stop_id, lang, variant, person_id, content, version, updated_at)"
    " VALUES "
)
NEW_REVISION = (
    "INSERT INTO revision (narrative_id, number, origin, title, lede, look, question, access,"
    " safety, drawing_alt, text, folded, created_at) VALUES "
)
NEW_PREVIEW = (
    "INSERT INTO preview (id, person_id, lang, text, state, attempts, created_at, ends_at) VALUES "
)
NEW_SIGN_IN = (
    "INSERT INTO sign_in (id, digest, person_id, device, began_at, seen_at, is_whole) VALUES "
)
NEW_BATCH = (
    "INSERT INTO sign_batch (id, person_id, ordered, signs, state, attempts, created_at, ends_at)"
    " VALUES "
)
NEW_ENTRY = (
    "INSERT INTO lexicon_entry (id, lang, written, said, note, folded, version, updated_at) VALUES "
)
NEW_REPORT = "INSERT INTO sign_report (id, sign_id, reported_on, note, closed_by) VALUES "
NEW_OBSERVATION = (
    "INSERT INTO observation (id, stop_id, lang, text, noticed_on, key, masked, state, version)"
    " VALUES "
)
NEW_RECORDING = (
    "INSERT INTO recording (id, revision_id, speaker, credit, format, duration_s, sound_media,"
    " sound_bytes, given_by, given_at) VALUES "
)
NEW_PHOTO = (
    "INSERT INTO sign_photo (id, sign_id, media, bytes, width, height, added_by, added_at) VALUES "
)
NEW_PICTURE = (
    "INSERT INTO stop_picture (stop_id, position, file, media, bytes, width, height, alt, caption,"
    " credit, licence, focus_x, focus_y) VALUES "
)
NEW_ITINERARY = (
    "INSERT INTO itinerary (id, slug, secret, title, summary, theme, audience, lang, difficulty,"
    " accessibility, meeting, visibility, version, created_at, updated_at) VALUES "
)
NEW_HALT = (
    "INSERT INTO halt (id, itinerary_id, position, follows, stop_id, stay_min, variant, transport,"
    " note, question) VALUES "
)
NEW_LEG = 'INSERT INTO leg (itinerary_id, start, "end", source, points) VALUES '
NEW_REVIEW = "INSERT INTO review (revision_id, asked_by_id, note, asked_at, version) VALUES "
NEW_COMMENT = "INSERT INTO comment (id, revision_id, part, author_id, text, written_at) VALUES "
NEW_LETTER = (
    "INSERT INTO letter (id, person_id, subject, text, made_at, ends_at, attempts, next_attempt_at)"
    " VALUES "
)
NEW_WALK = (
    "INSERT INTO walk (id, guide_id, itinerary, title, code, group_name, participants, lang,"
    " meeting, pace, starts_at, joined, version, created_at, updated_at) VALUES "
)
NEW_WALK_HALT = (
    "INSERT INTO walk_halt (walk_id, position, stop_id, title, transport, distance_m, way_s,"
    " is_estimate, arrives_s, leaves_s, note, question, variant) VALUES "
)
WRITTEN = (
    "INSERT INTO person (id, email, name, created_at) VALUES (1, 'a@b.fr', 'A', '2026-01-01')",
    "INSERT INTO person (id, email, name, created_at) VALUES (2, 'c@d.fr', 'C', '2026-01-01')",
    "INSERT INTO person_role (person_id, role) VALUES (1, 'guide')",
    NEW_KEY + "(1, 1, '', 'x', '[]', '2026-01-01', '2026-01-02')",
    NEW_KEY + "(2, 1, '', 'y', '[]', '2026-01-01', '2026-01-02')",
    "INSERT INTO link VALUES ('x', 1, '2026-01-01', '2026-01-02')",
    NEW_SIGN_IN + "(1, 'x', 1, 'Firefox', '2026-01-01', '2026-01-01', true)",
    NEW_SIGN_IN + "(2, 'y', 1, 'Firefox', '2026-01-01', '2026-01-01', true)",
    NEW_DRAFT + "(1, 1, 'fr', 'standard', 1, '{}', 1, '2026-01-01')",
    NEW_DRAFT + "(2, 1, 'fr', 'standard', 2, '{}', 1, '2026-01-01')",
    NEW_PREVIEW + "('a', 1, 'fr', 't', 'wanted', 0, '2026-01-01', '2026-01-02')",
    NEW_BATCH + "('a', 1, '{}', 1, 'wanted', 0, '2026-01-01', '2026-01-02')",
    NEW_ENTRY + "(1, 'fr', 'Loos', 'Losse', '', '', 1, '2026-01-01')",
    (
        "INSERT INTO picture_form (source_media, form, media, bytes, width, height)"
        " VALUES ('a', 'card', 'b', 1, 1, 1)"
    ),
    NEW_ENTRY + "(2, 'fr', 'Lens', 'Lance', '', '', 1, '2026-01-01')",
    NEW_REPORT + "(1, 1, '2026-01-01', 'a', NULL)",
    NEW_OBSERVATION + "(1, 1, 'fr', 't', '2026-01-01', 'a', '', 'waiting', 1)",
    NEW_RECORDING + "(1, 1, 'Ana', '', 'wav', 9, 'a.flac', 1, 'ana', '2026-01-01')",
    NEW_PHOTO + "(1, 1, 'a.jpg', 1, 1, 1, 'ana', '2026-01-01')",
    NEW_PICTURE + "(1, 0, 'a.jpg', 'a.jpg', 1, 1, 1, '{}', '{}', 'A', 'CC0', 50, 50)",
    NEW_ITINERARY + "(1, 'a', 'x', 't', '', '', '', 'fr', 'easy', '', '', 'private', 1,"
    " '2026-01-01', '2026-01-01')",
    NEW_ITINERARY + "(2, 'b', 'y', 't', '', '', '', 'fr', 'easy', '', '', 'private', 1,"
    " '2026-01-01', '2026-01-01')",
    "INSERT INTO itinerary_editor (itinerary_id, person_id) VALUES (1, 1)",
    NEW_HALT + "(1, 1, 1, NULL, 1, 5, 'standard', 'walk', '', '')",
    NEW_HALT + "(2, 1, 2, 1, 2, 5, 'standard', 'walk', '', '')",
    NEW_LEG + "(1, 'stop:1', 'stop:2', 'GPS', '[]')",
    NEW_REVIEW + "(1, 1, '', '2026-01-01', 1)",
    NEW_COMMENT + "(1, 1, '', 1, 'a', '2026-01-01')",
    NEW_WALK + "(1, 1, 'a', 't', 'A', '', 1, 'fr', '', 'adult', '2026-01-01', 0, 1, '2026-01-01',"
    " '2026-01-01')",
    NEW_WALK + "(2, 1, 'a', 't', 'B', '', 1, 'fr', '', 'adult', '2026-01-01', 0, 1, '2026-01-01',"
    " '2026-01-01')",
    NEW_WALK_HALT + "(1, 1, 1, 't', 'walk', 0, 0, true, 0, 0, '', '', 'standard')",
    "INSERT INTO walk_phone (walk_id, phone) VALUES (1, 'a')",
    "INSERT INTO walk_feed (person_id, digest, made_at) VALUES (1, 'a', '2026-01-01')",
    "INSERT INTO walk_feed (person_id, digest, made_at) VALUES (2, 'b', '2026-01-01')",
    "INSERT INTO presence VALUES (1, 1, 'fr', 'standard', '2026-01-01')",
    NEW_LETTER + "('a', 1, 's', 't', '2026-01-01', '2026-01-02', 0, '2026-01-01')",
)

NEW_SIGN = (
    "INSERT INTO sign (code, stop_id, place, support, note, state, version, created_at) VALUES "
)
HUNG = "UPDATE sign SET "
NEW_COUNT = "INSERT INTO visit_count (hour_at, kind, subject, lang, count) VALUES "

REFUSED = {
    "ck_catalogue_one_row": "INSERT INTO catalogue (id, version) VALUES (2, 1)",
    "ck_catalogue_version_positive": "UPDATE catalogue SET version = 0",
    "ck_topic_changed_in_positive": "UPDATE topic SET changed_in = 0",
    "fk_document_topic_topic": (
        "INSERT INTO document (address, lang, topic, tag, headers, identity, gzip, br)"
        " VALUES ('/nowhere', 'nl', 'nothing', 't', '[]', '', '', '')"
    ),
    "ck_visit_count_kind_known": NEW_COUNT + "('2026-01-01', 'robot', '/', 'fr', 1)",
    "ck_visit_count_count_positive": NEW_COUNT + "('2026-01-01', 'page', '/', 'fr', 0)",
    "ck_picture_form_has_size": "UPDATE picture_form SET width = 0",
    "ck_stop_number_positive": "UPDATE stop SET number = 0 WHERE id = 1",
    "uq_stop_number": "UPDATE stop SET number = 2 WHERE id = 1",
    "uq_stop_slug": "UPDATE stop SET slug = 'arret-2' WHERE id = 1",
    "ck_stop_latitude_range": "UPDATE stop SET latitude = 90.1 WHERE id = 1",
    "ck_stop_longitude_range": "UPDATE stop SET longitude = -180.1 WHERE id = 1",
    "ck_stop_accuracy_positive": "UPDATE stop SET accuracy_m = 0 WHERE id = 1",
    "ck_stop_altitude_sourced": "UPDATE stop SET altitude_source = NULL WHERE id = 1",
    "ck_stop_version_positive": "UPDATE stop SET version = 0 WHERE id = 1",
    "fk_former_slug_stop_id_stop": "INSERT INTO former_slug (slug, stop_id) VALUES ('a', 99)",
    "ck_narrative_lang_known": "UPDATE narrative SET lang = 'xx' WHERE id = 1",
    "ck_narrative_variant_known": "UPDATE narrative SET variant = 'long' WHERE id = 1",
    "fk_narrative_stop_id_stop": "UPDATE narrative SET stop_id = 99 WHERE id = 1",
    "uq_narrative_stop_id_lang_variant": (
        "INSERT INTO narrative (stop_id, lang, variant) VALUES (1, 'fr', 'standard')"
    ),
    # Revision 2 is there, but another narrative's.
    "fk_narrative_published_revision": (
        "UPDATE narrative SET published_revision_id = 2 WHERE id = 1"
    ),
    "fk_narrative_scheduled_revision": (
        "UPDATE narrative SET scheduled_revision_id = 2, scheduled_at = '2026-01-01' WHERE id = 1"
    ),
    "ck_narrative_scheduled_whole": (
        "UPDATE narrative SET scheduled_at = '2026-01-01' WHERE id = 1"
    ),
    "ck_narrative_end_published": (
        "UPDATE narrative SET published_revision_id = NULL, ends_at = '2026-01-01' WHERE id = 1"
    ),
    "fk_revision_narrative_id_narrative": (
        NEW_REVISION + "(99, 1, 'import', 't', '', '', '', '', '', '', 't', '', '2026-01-01')"
    ),
    "uq_revision_narrative_id_number": (
        NEW_REVISION + "(1, 1, 'import', 't', '', '', '', '', '', '', 't', '', '2026-01-01')"
    ),
    "ck_revision_number_positive": "UPDATE revision SET number = 0 WHERE id = 1",
    "ck_revision_origin_known": "UPDATE revision SET origin = 'dream' WHERE id = 1",
    "ck_revision_title_given": "UPDATE revision SET title = '' WHERE id = 1",
    "ck_revision_text_given": "UPDATE revision SET text = '' WHERE id = 1",
    "ck_sign_code_length": NEW_SIGN + "('TOOLONG', 1, '', '', '', 'planned', 1, '2026-01-01')",
    "uq_sign_code": NEW_SIGN + "('X4T8RB', 1, '', '', '', 'planned', 1, '2026-01-01')",
    "ck_sign_state_known": "UPDATE sign SET state = 'stolen' WHERE id = 1",
    "ck_sign_latitude_range": HUNG + "latitude = 91, longitude = 2, accuracy_m = 5 WHERE id = 1",
    "ck_sign_longitude_range": HUNG + "latitude = 50, longitude = 181, accuracy_m = 5 WHERE id = 1",
    "ck_sign_accuracy_positive": HUNG + "latitude = 50, longitude = 2, accuracy_m = 0 WHERE id = 1",
    "ck_sign_position_whole": HUNG + "latitude = 50, longitude = 2 WHERE id = 1",
    "ck_sign_printed_whole": "UPDATE sign SET printed_number = 1 WHERE id = 1",
    "ck_sign_checked_whole": "UPDATE sign SET checked_by = 'ana' WHERE id = 1",
    "ck_sign_version_positive": "UPDATE sign SET version = 0 WHERE id = 1",
    "fk_sign_stop_id_stop": "UPDATE sign SET stop_id = 99 WHERE id = 1",
    "uq_sign_report_sign_id_reported_on_note": NEW_REPORT + "(2, 1, '2026-01-01', 'a', NULL)",
    "fk_sign_report_sign_id_sign": NEW_REPORT + "(2, 99, '2026-01-01', 'a', NULL)",
    "ck_sign_report_closed_whole": NEW_REPORT + "(2, 1, '2026-01-01', 'b', 'ana')",
    "fk_observation_stop_id_stop": "UPDATE observation SET stop_id = 99",
    "uq_observation_key": NEW_OBSERVATION
    + "(2, 1, 'fr', 't', '2026-01-01', 'a', '', 'waiting', 1)",
    "ck_observation_text_given": "UPDATE observation SET text = ''",
    "ck_observation_lang_known": "UPDATE observation SET lang = 'xx'",
    "ck_observation_kind_known": "UPDATE observation SET kind = 'smelt'",
    "ck_observation_state_known": (
        "UPDATE observation SET state = 'lost', decided_at = '2026-01-01', decided_by = 'ana'"
    ),
    "ck_observation_reason_known": (
        "UPDATE observation SET state = 'set_aside', reason = 'dull', decided_at = '2026-01-01',"
        " decided_by = 'ana'"
    ),
    "ck_observation_reason_told": "UPDATE observation SET reason = 'personal'",
    "ck_observation_decided_whole": "UPDATE observation SET decided_by = 'ana'",
    "ck_observation_outcome_known": (
        "UPDATE observation SET outcome = 'sung', answer = 'a', answered_on = '2026-01-01'"
    ),
    "ck_observation_answered_whole": "UPDATE observation SET answer = 'a'",
    "ck_observation_version_positive": "UPDATE observation SET version = 0",
    "ck_narration_state_known": "UPDATE narration SET state = 'sung', mp3_media = NULL",
    "ck_narration_ready_is_whole": "UPDATE narration SET mp3_media = NULL WHERE id = 1",
    "ck_narration_leased": "UPDATE narration SET lease_ends_at = '2026-01-01' WHERE id = 1",
    "ck_narration_failure_told": "UPDATE narration SET failure = 'none' WHERE id = 1",
    "fk_narration_revision_id_revision": "UPDATE narration SET revision_id = 99 WHERE id = 1",
    "uq_narration_revision_id_engine_recipe": (
        "UPDATE narration SET revision_id = 2, recipe ="
        " (SELECT max(recipe) FROM narration WHERE revision_id = 2) WHERE id = 1"
    ),
    "ck_person_email_lower": "UPDATE person SET email = 'A@b.fr' WHERE id = 1",
    "uq_person_email": "UPDATE person SET email = 'c@d.fr' WHERE id = 1",
    "fk_person_role_person_id_person": "INSERT INTO person_role VALUES (99, 'guide')",
    "ck_person_role_role_known": "UPDATE person_role SET role = 'king'",
    "fk_token_person_id_person": "UPDATE token SET person_id = 99 WHERE id = 1",
    "uq_token_digest": "UPDATE token SET digest = 'y' WHERE id = 1",
    "ck_token_ends_later": "UPDATE token SET ends_at = created_at",
    "fk_audit_event_person_id_person": (
        "INSERT INTO audit_event (at, person_id, who, action, subject, origin, detail)"
        " VALUES ('2026-01-01', 99, 'a', 'b', 'c', 'page', '{}')"
    ),
    "fk_link_person_id_person": "UPDATE link SET person_id = 99",
    "ck_link_ends_later": "UPDATE link SET ends_at = created_at",
    "fk_sign_in_person_id_person": "UPDATE sign_in SET person_id = 99 WHERE id = 1",
    "uq_sign_in_digest": "UPDATE sign_in SET digest = 'y' WHERE id = 1",
    "fk_recovery_code_person_id_person": "INSERT INTO recovery_code VALUES ('x', 99)",
    "fk_draft_stop_id_stop": "UPDATE draft SET stop_id = 99 WHERE id = 1",
    "fk_draft_person_id_person": "UPDATE draft SET person_id = 99 WHERE id = 1",
    "uq_draft_stop_id_lang_variant_person_id": "UPDATE draft SET person_id = 2 WHERE id = 1",
    "ck_draft_lang_known": "UPDATE draft SET lang = 'xx' WHERE id = 1",
    "ck_draft_variant_known": "UPDATE draft SET variant = 'long' WHERE id = 1",
    "ck_draft_version_positive": "UPDATE draft SET version = 0 WHERE id = 1",
    "fk_preview_person_id_person": "UPDATE preview SET person_id = 99",
    "ck_preview_state_known": "UPDATE preview SET state = 'sung'",
    "ck_preview_ready_is_whole": "UPDATE preview SET state = 'ready'",
    "ck_preview_leased": "UPDATE preview SET state = 'rendering'",
    "ck_preview_failure_told": "UPDATE preview SET state = 'failed'",
    "ck_preview_ends_later": "UPDATE preview SET ends_at = created_at",
    "fk_sign_batch_person_id_person": "UPDATE sign_batch SET person_id = 99",
    "fk_answered_request_person_id_person": (
        "INSERT INTO answered_request (person_id, key, fingerprint, created_at)"
        " VALUES (99, 'k', 'f', '2026-01-01')"
    ),
    "fk_stop_import_person_id_person": (
        "INSERT INTO stop_import (id, person_id, archive, findings, basis, created_at, ends_at)"
        " VALUES ('a', 99, '', '[]', 'b', '2026-01-01', '2026-01-01')"
    ),
    "ck_sign_batch_state_known": "UPDATE sign_batch SET state = 'sung'",
    "ck_sign_batch_ready_is_whole": "UPDATE sign_batch SET state = 'ready'",
    "ck_sign_batch_leased": "UPDATE sign_batch SET state = 'printing'",
    "ck_sign_batch_failure_told": "UPDATE sign_batch SET state = 'failed'",
    "ck_sign_batch_signs_positive": "UPDATE sign_batch SET signs = 0",
    "ck_sign_batch_ends_later": "UPDATE sign_batch SET ends_at = created_at",
    "uq_lexicon_entry_lang_written": "UPDATE lexicon_entry SET written = 'Lens' WHERE id = 1",
    "ck_lexicon_entry_lang_known": "UPDATE lexicon_entry SET lang = 'xx' WHERE id = 1",
    "ck_lexicon_entry_written_given": "UPDATE lexicon_entry SET written = '' WHERE id = 1",
    "ck_lexicon_entry_said_given": "UPDATE lexicon_entry SET said = '' WHERE id = 1",
    "ck_lexicon_entry_espeak_given": "UPDATE lexicon_entry SET espeak = '' WHERE id = 1",
    "ck_lexicon_entry_piper_given": "UPDATE lexicon_entry SET piper = '' WHERE id = 1",
    "ck_lexicon_entry_confirmed_whole": "UPDATE lexicon_entry SET confirmed_by = 'A' WHERE id = 1",
    "ck_lexicon_entry_version_positive": "UPDATE lexicon_entry SET version = 0 WHERE id = 1",
    "ck_narration_recording_named": "UPDATE narration SET recording_id = 1 WHERE id = 1",
    "fk_narration_recording_id_recording": (
        "UPDATE narration SET engine = 'recorded', recording_id = 99 WHERE id = 1"
    ),
    "fk_recording_revision_id_revision": "UPDATE recording SET revision_id = 99",
    "ck_recording_speaker_given": "UPDATE recording SET speaker = ''",
    "ck_recording_duration_positive": "UPDATE recording SET duration_s = 0",
    "ck_recording_withdrawn_silent": (
        "UPDATE recording SET withdrawn_at = '2026-01-01', withdrawn_by = 'ana'"
    ),
    "ck_recording_whole": "UPDATE recording SET sound_bytes = NULL",
    "uq_sign_photo_sign_id_media": (NEW_PHOTO + "(2, 1, 'a.jpg', 1, 1, 1, 'ana', '2026-01-01')"),
    "fk_stop_picture_stop_id_stop": "UPDATE stop_picture SET stop_id = 99",
    "ck_stop_picture_position_counted": "UPDATE stop_picture SET position = -1",
    "ck_stop_picture_has_size": "UPDATE stop_picture SET width = 0",
    "ck_stop_picture_focus_within": "UPDATE stop_picture SET focus_y = 101",
    "fk_sign_photo_sign_id_sign": "UPDATE sign_photo SET sign_id = 99",
    "uq_itinerary_slug": "UPDATE itinerary SET slug = 'b' WHERE id = 1",
    "uq_itinerary_secret": "UPDATE itinerary SET secret = 'y' WHERE id = 1",
    "fk_itinerary_owner_id_person": "UPDATE itinerary SET owner_id = 99",
    "ck_itinerary_title_given": "UPDATE itinerary SET title = ''",
    "ck_itinerary_lang_known": "UPDATE itinerary SET lang = 'xx'",
    "ck_itinerary_difficulty_known": "UPDATE itinerary SET difficulty = 'mortal'",
    "ck_itinerary_visibility_known": "UPDATE itinerary SET visibility = 'hidden'",
    "ck_itinerary_version_positive": "UPDATE itinerary SET version = 0",
    "ck_itinerary_target_positive": "UPDATE itinerary SET target_min = 0",
    "fk_itinerary_editor_itinerary_id_itinerary": "UPDATE itinerary_editor SET itinerary_id = 99",
    "fk_itinerary_editor_person_id_person": "UPDATE itinerary_editor SET person_id = 99",
    "fk_halt_itinerary_id_itinerary": (
        NEW_HALT + "(3, 99, 1, NULL, 1, 5, 'standard', 'walk', '', '')"
    ),
    "fk_halt_stop_id_stop": "UPDATE halt SET stop_id = 99 WHERE id = 1",
    "uq_halt_itinerary_id_position": (NEW_HALT + "(3, 1, 2, 1, 1, 5, 'standard', 'walk', '', '')"),
    # A gap: what it follows is not there.
    "fk_halt_follows": NEW_HALT + "(3, 1, 4, 3, 1, 5, 'standard', 'walk', '', '')",
    "ck_halt_follows_the_one_before": (NEW_HALT + "(3, 1, 4, 2, 1, 5, 'standard', 'walk', '', '')"),
    "ck_halt_stop_or_spot": "UPDATE halt SET stop_id = NULL WHERE id = 1",
    "ck_halt_stay_not_negative": "UPDATE halt SET stay_min = -1 WHERE id = 1",
    "ck_halt_transport_known": "UPDATE halt SET transport = 'sledge' WHERE id = 1",
    "ck_halt_variant_known": "UPDATE halt SET variant = 'long' WHERE id = 1",
    "uq_leg_itinerary_id_start_end": NEW_LEG + "(1, 'stop:1', 'stop:2', 'map', '[]')",
    "fk_leg_itinerary_id_itinerary": NEW_LEG + "(99, 'stop:1', 'stop:2', 'map', '[]')",
    "fk_review_revision_id_revision": NEW_REVIEW + "(99, 1, '', '2026-01-01', 1)",
    "fk_review_asked_by_id_person": "UPDATE review SET asked_by_id = 99",
    "fk_review_asked_of_id_person": "UPDATE review SET asked_of_id = 99",
    "fk_review_answered_by_id_person": (
        "UPDATE review SET verdict = 'approved', answered_at = '2026-01-01', answered_by_id = 99"
    ),
    "ck_review_verdict_known": (
        "UPDATE review SET verdict = 'sung', answered_at = '2026-01-01', answered_by_id = 1"
    ),
    "ck_review_answer_whole": "UPDATE review SET verdict = 'approved'",
    "ck_review_version_positive": "UPDATE review SET version = 0",
    "fk_comment_revision_id_revision": "UPDATE comment SET revision_id = 99",
    "fk_comment_thread_id_comment": "UPDATE comment SET thread_id = 99",
    "fk_comment_author_id_person": "UPDATE comment SET author_id = 99",
    "fk_comment_resolved_by_id_person": (
        "UPDATE comment SET resolved_at = '2026-01-01', resolved_by_id = 99"
    ),
    "ck_comment_part_known": "UPDATE comment SET part = 'margin'",
    "ck_comment_text_given": "UPDATE comment SET text = ''",
    "ck_comment_resolved_whole": "UPDATE comment SET resolved_by_id = 1",
    "ck_routed_way_transport_known": (
        'INSERT INTO routed_way (start, "end", transport, service, points)'
        " VALUES ('1,2', '3,4', 'boat', 'OSRM', '[]')"
    ),
    "ck_routed_way_found_or_asked_again": (
        'INSERT INTO routed_way (start, "end", transport, service)'
        " VALUES ('1,2', '3,4', 'walk', 'OSRM')"
    ),
    "fk_former_itinerary_itinerary_id_itinerary": (
        "INSERT INTO former_itinerary (itinerary_id, version, content, legs)"
        " VALUES (99, 1, '{}', '[]')"
    ),
    "fk_presence_person_id_person": "UPDATE presence SET person_id = 99",
    "fk_presence_stop_id_stop": "UPDATE presence SET stop_id = 99",
    "ck_letter_hindrance_known": "UPDATE letter SET hindrance = 'lazy', answer = 'a'",
    "ck_letter_hindrance_whole": "UPDATE letter SET hindrance = 'busy'",
    "ck_letter_given_up_is_bare": "UPDATE letter SET next_attempt_at = NULL",
    "ck_letter_ends_later": "UPDATE letter SET ends_at = '2026-01-01'",
    "fk_letter_person_id_person": "UPDATE letter SET person_id = 99",
    "fk_recipe_revision_id_revision": "UPDATE recipe SET revision_id = 99 WHERE revision_id = 1",
    "uq_walk_code": "UPDATE walk SET code = 'B' WHERE id = 1",
    "fk_walk_guide_id_person": "UPDATE walk SET guide_id = 99",
    "ck_walk_title_given": "UPDATE walk SET title = ''",
    "ck_walk_participants_positive": "UPDATE walk SET participants = 0",
    "ck_walk_joined_not_negative": "UPDATE walk SET joined = -1",
    "ck_walk_version_positive": "UPDATE walk SET version = 0",
    "ck_walk_lang_known": "UPDATE walk SET lang = 'xx'",
    "ck_walk_pace_known": "UPDATE walk SET pace = 'hasty'",
    "ck_walk_code_until_the_end": "UPDATE walk SET ended_at = '2026-01-01'",
    "fk_walk_halt_walk_id_walk": "UPDATE walk_halt SET walk_id = 99",
    "fk_walk_halt_stop_id_stop": "UPDATE walk_halt SET stop_id = 99",
    "ck_walk_halt_position_positive": "UPDATE walk_halt SET position = 0",
    "ck_walk_halt_reached_before_left": "UPDATE walk_halt SET left_at = '2026-01-01'",
    "ck_walk_halt_variant_known": "UPDATE walk_halt SET variant = 'long'",
    "ck_walk_halt_transport_known": "UPDATE walk_halt SET transport = 'sledge'",
    "fk_walk_phone_walk_id_walk": "UPDATE walk_phone SET walk_id = 99",
    "uq_walk_feed_digest": "UPDATE walk_feed SET digest = 'b' WHERE person_id = 1",
    "fk_walk_feed_person_id_person": "UPDATE walk_feed SET person_id = 99 WHERE person_id = 1",
}

# The target of a foreign key; it cannot be violated, since `id` alone is unique.
NEVER_VIOLATED = {"uq_revision_narrative_id_id"}

SAID_BY_SQLITE = {"ck": "CHECK", "uq": "UNIQUE", "fk": "FOREIGN KEY"}


@pytest.fixture
def connection(site: Flask) -> Iterator[Connection]:
    """Open a connection to a filled database, of which nothing is kept."""
    with site.extensions["tourapp"].database.engine.connect() as opened:
        for statement in WRITTEN:
            opened.execute(text(statement))
        yield opened


def _commit(connection: Connection, change: str) -> None:
    connection.execute(text(change))
    # What is deferred is refused at the end of the transaction, which is then undone.
    connection.commit()


@pytest.mark.parametrize(("constraint", "change"), REFUSED.items(), ids=REFUSED)
def test_the_database_itself_refuses(connection: Connection, constraint: str, change: str) -> None:
    with pytest.raises(IntegrityError) as refused:
        _commit(connection, change)
    said = {"sqlite": SAID_BY_SQLITE[constraint[:2]], "postgresql": constraint}
    assert said[connection.dialect.name] in str(refused.value.orig)


def test_every_constraint_of_the_models_is_tried() -> None:
    constraints = {
        str(constraint.name)
        for table in Model.metadata.sorted_tables
        for constraint in table.constraints
        if not isinstance(constraint, PrimaryKeyConstraint)
    }
    assert constraints == set(REFUSED) | NEVER_VIOLATED


@pytest.mark.parametrize("change", ["UPDATE audit_event SET who = 'a'", "DELETE FROM audit_event"])
def test_nobody_changes_the_log(connection: Connection, change: str) -> None:
    with pytest.raises(IntegrityError, match="only added to"):
        connection.execute(text(change))
