"""The texts and organisations that the conversation names itself."""

from typing import Final

NEEDED_WORDS: Final = frozenset(
    """
    hello choose_language welcome welcome_privacy welcome_length welcome_back
    button_back button_person button_emergency button_stop button_yes button_no
    button_done button_right button_change button_restart button_go_on button_wipe
    unsure yes no ticked answered confirm tick_one old_button no_way_back
    time_years time_months time_weeks time_days children_one children_many
    misread_choice misread_choices misread_number misread_money misread_not_a_date
    misread_two_dates misread_no_such_day misread_weekday_differs misread_outside
    misread_time_since misread_place misread_children misread_summary
    misread_person misread_longer misread_still
    summary_title summary_line change_which
    urgency_now urgency_three_days urgency_week urgency_month beside
    first_advice_more step say_this bring_this dates_title
    organisations_title organisation organisation_star organisation_no_phone
    reach_local open_now closed_now hours_unknown not_checked
    not_legal_advice after_outcome
    person emergency crisis_go_on child_again stopped stopped_kept wiped
    edited not_served_photo not_served_voice not_served_video
    not_served_video_note not_served_document not_served_sticker
    not_served_location not_served_contact not_served_poll not_served_dice
    not_served_audio not_served_animation not_served_other
    write_privately our_fault page_help page_privacy
    command_start command_help command_stop command_taal command_privacy
    description short_description
    """.split()
)

PEOPLE: Final = ("geldfit", "legal_desk", "municipality")
"""Who answers when a family wants a person."""

IN_DANGER: Final = ("police_emergency", "suicide_line", "safe_home", "child_line")
"""Who answers in an emergency."""

NEEDED_ORGANISATIONS: Final = frozenset({*PEOPLE, *IN_DANGER})
