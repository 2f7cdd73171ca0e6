/// Names of the 2GIS maps of Russian cities in addresses of 2gis.ru; a city of a map named after another is under both.
#pragma once

#include <string_view>

namespace crm::address {

struct DgisCity {
  std::string_view settlement;  ///< folded
  std::string_view city;
};

/// Sorted by settlement.
inline constexpr DgisCity kDgisCities[] = {
    {"абакан", "abakan"}, {"альметьевск", "almetevsk"}, {"анадырь", "anadyr"}, {"армавир", "armawir"},
    {"архангельск", "arkhangelsk"}, {"астрахань", "astrakhan"}, {"балаково", "balakovo"}, {"барнаул", "barnaul"},
    {"белгород", "belgorod"}, {"бийск", "biysk"}, {"биробиджан", "birobidzhan"}, {"благовещенск", "blagoveshensk"},
    {"братск", "bratsk"}, {"брянск", "bryansk"}, {"великий новгород", "v_novgorod"}, {"владивосток", "vladivostok"},
    {"владикавказ", "vladikavkaz"}, {"владимир", "vladimir"}, {"волгоград", "volgograd"},
    {"волгодонск", "volgodonsk"}, {"вологда", "vologda"}, {"воронеж", "voronezh"}, {"горно-алтайск", "gornoaltaysk"},
    {"грозный", "grozny"}, {"димитровград", "dimitrovgrad"}, {"екатеринбург", "ekaterinburg"}, {"елец", "elets"},
    {"ессентуки", "minvody"}, {"железноводск", "minvody"}, {"златоуст", "miass"}, {"иваново", "ivanovo"},
    {"ижевск", "izhevsk"}, {"иркутск", "irkutsk"}, {"ишим", "ishim"}, {"йошкар-ола", "yoshkarola"},
    {"казань", "kazan"}, {"калининград", "kaliningrad"}, {"калуга", "kaluga"}, {"каменск-уральский", "k_uralskiy"},
    {"камышин", "kamyshin"}, {"кемерово", "kemerovo"}, {"киров", "kirov"}, {"кисловодск", "minvody"},
    {"ковров", "kovrov"}, {"когалым", "kogalym"}, {"комсомольск-на-амуре", "komsomolsk"}, {"кострома", "kostroma"},
    {"краснодар", "krasnodar"}, {"красноярск", "krasnoyarsk"}, {"кумертау", "kumertau"}, {"курган", "kurgan"},
    {"курск", "kursk"}, {"кызыл", "kyzyl"}, {"ленинск-кузнецкий", "lenkuz"}, {"липецк", "lipetsk"},
    {"магадан", "magadan"}, {"магнитогорск", "magnitogorsk"}, {"майкоп", "maikop"}, {"махачкала", "makhachkala"},
    {"миасс", "miass"}, {"минеральные воды", "minvody"}, {"москва", "moscow"}, {"мурманск", "murmansk"},
    {"муром", "murom"}, {"набережные челны", "nabchelny"}, {"назрань", "nazran"}, {"нальчик", "nalchik"},
    {"нарьян-мар", "naryanmar"}, {"находка", "nahodka"}, {"невинномысск", "nevinnomyssk"},
    {"нижневартовск", "nizhnevartovsk"}, {"нижний новгород", "n_novgorod"}, {"нижний тагил", "ntagil"},
    {"новокузнецк", "novokuznetsk"}, {"новороссийск", "novorossiysk"}, {"новосибирск", "novosibirsk"},
    {"новочеркасск", "novocherkassk"}, {"новошахтинск", "novoshakhtinsk"}, {"новый уренгой", "n_urengoy"},
    {"норильск", "norilsk"}, {"ноябрьск", "noyabrsk"}, {"нягань", "nyagan"}, {"омск", "omsk"}, {"орел", "orel"},
    {"оренбург", "orenburg"}, {"орск", "orsk"}, {"пенза", "penza"}, {"пермь", "perm"},
    {"петрозаводск", "petrozavodsk"}, {"петропавловск-камчатский", "p_kamchatskiy"}, {"пикалево", "pikalevo"},
    {"псков", "pskov"}, {"пятигорск", "minvody"}, {"ростов-на-дону", "rostov"}, {"рубцовск", "rubtsovsk"},
    {"рыбинск", "rybinsk"}, {"рязань", "ryazan"}, {"салехард", "salekhard"}, {"самара", "samara"},
    {"санкт-петербург", "spb"}, {"саранск", "saransk"}, {"саратов", "saratov"}, {"севастополь", "crimea"},
    {"симферополь", "crimea"}, {"сланцы", "slantsy"}, {"смоленск", "smolensk"}, {"сочи", "sochi"},
    {"ставрополь", "stavropol"}, {"старый оскол", "staroskol"}, {"стерлитамак", "sterlitamak"}, {"сургут", "surgut"},
    {"сыктывкар", "syktyvkar"}, {"сясьстрой", "syasstroy"}, {"таганрог", "taganrog"}, {"тамбов", "tambov"},
    {"тверь", "tver"}, {"тобольск", "tobolsk"}, {"тольятти", "togliatti"}, {"томск", "tomsk"}, {"тула", "tula"},
    {"тюмень", "tyumen"}, {"улан-удэ", "ulanude"}, {"ульяновск", "ulyanovsk"}, {"уссурийск", "ussuriysk"},
    {"уфа", "ufa"}, {"ухта", "ukhta"}, {"хабаровск", "khabarovsk"}, {"ханты-мансийск", "kh_mansiysk"},
    {"хасавюрт", "khasavyurt"}, {"чебоксары", "cheboksary"}, {"челябинск", "chelyabinsk"}, {"черкесск", "cherkessk"},
    {"чита", "chita"}, {"шахты", "shakhty"}, {"шерегеш", "sheregesh"}, {"элиста", "elista"},
    {"южно-сахалинск", "yuzhnosakhalinsk"}, {"якутск", "yakutsk"}, {"ярославль", "yaroslavl"},
};

}  // namespace crm::address
