"""How ledgers write the service lines and the special works."""

from collections.abc import Iterable, Mapping

from duban.estates.domain.service_lines import ServiceLine, SpecialWork

SERVICE_LINE_WORDS: Mapping[str, tuple[str, ...]] = {
    ServiceLine.CLEANING: ("保洁", "Cleaning", "清洁"),
    ServiceLine.SECURITY: ("秩序维护", "Security", "保安", "安保"),
    ServiceLine.GREENING: ("绿化养护", "Greening", "绿化"),
    ServiceLine.MAINTENANCE: ("设施设备维护", "Maintenance", "维保", "设施设备维保"),
    ServiceLine.CUSTOMER_SERVICE: ("客户服务", "Customer service", "客服"),
}
SPECIAL_WORK_WORDS: Mapping[str, tuple[str, ...]] = {
    SpecialWork.LIFT: ("电梯", "Lift", "电梯维保"),
    SpecialWork.FIRE: ("消防", "Fire", "消防维保"),
    SpecialWork.ELECTRICAL: ("电工", "Electrical", "电气"),
    SpecialWork.HEIGHT: ("高处作业", "Work at height", "高空"),
    SpecialWork.WASTE: ("垃圾清运", "Waste removal"),
    SpecialWork.PEST: ("消杀", "Pest control", "有害生物防制"),
}


def keys_of_words(words: Iterable[str], known: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys behind words as ledgers write them, each once, and the words nobody knows."""
    index = {word.casefold(): key for key, names in known.items() for word in (key, *names)}
    given = [word.strip() for word in words]
    keys = dict.fromkeys(str(index[word.casefold()]) for word in given if word.casefold() in index)
    return tuple(keys), tuple(word for word in given if word.casefold() not in index)
