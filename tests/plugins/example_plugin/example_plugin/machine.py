from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.strings import StringValue


class Whispering(BaseMachineTranslator):
    """“Translates” into English by putting everything in small letters."""

    display_name = "Whispering"

    def can_translate(self, source_locale, target_locale):
        return target_locale.language_code == "en"

    def translate(self, source_locale, target_locale, strings):
        return {string: StringValue(string.data.lower()) for string in strings}
